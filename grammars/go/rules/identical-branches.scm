; message: Both branches do the same.
(if_statement consequence: (block (_)) @first alternative: (block) @second
  (#eq? @first @second)) @here
