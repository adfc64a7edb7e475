; message: The same condition was already asked, so this is never reached.
(if_statement condition: (_) @first alternative: (if_statement condition: (_) @here) @next
  (#eq? @first @here) (#not-has? @first "call_expression unary_expression")
  (#not-match? @next "^if [^{]*;"))
