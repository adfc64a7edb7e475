; message: Both branches do the same.
(if_expression consequence: (block (_)) @first alternative: (else_clause (block) @second)
  (#eq? @first @second)) @here
