; message: The same condition was already asked, so this is never reached.
(if_statement condition: (_) @first alternative: (elif_clause condition: (_) @here)
  (#eq? @first @here) (#not-has? @first "call named_expression await yield"))
