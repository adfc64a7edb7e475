; message: Both branches do the same.
(ternary_expression consequence: (_) @first alternative: (_) @second
  (#eq? @first @second)) @here
(if_statement consequence: (statement_block (_)) @first alternative: (else_clause (statement_block) @second)
  (#eq? @first @second)) @here
