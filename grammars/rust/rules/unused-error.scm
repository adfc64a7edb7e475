; message: This result is made and thrown away; was return meant?
; needs: Err
(expression_statement (call_expression function: (identifier) @err) @here ";"
  (#eq? @err "Err"))
