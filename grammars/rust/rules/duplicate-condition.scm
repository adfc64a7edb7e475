; message: The same condition was already asked, so this is never reached.
(if_expression condition: (_) @first alternative: (else_clause (if_expression condition: (_) @here))
  (#eq? @first @here) (#not-has? @first "call_expression macro_invocation await_expression try_expression"))
