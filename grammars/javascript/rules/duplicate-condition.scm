; message: The same condition was already asked, so this is never reached.
; needs: else
(if_statement condition: (_) @first alternative: (else_clause (if_statement condition: (_) @here))
  (#eq? @first @here)
  (#not-has? @first "call_expression assignment_expression update_expression await_expression yield_expression augmented_assignment_expression new_expression"))
(if_statement condition: (_) @first alternative: (else_clause (if_statement alternative: (else_clause (if_statement condition: (_) @here))))
  (#eq? @first @here)
  (#not-has? @first "call_expression assignment_expression update_expression await_expression yield_expression augmented_assignment_expression new_expression"))
