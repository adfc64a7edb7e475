; message: The loop moves away from its end.
; needs: for
(for_statement condition: (binary_expression left: (identifier) @counter operator: ["<" "<="])
  increment: (update_expression (identifier) @again) @here
  (#eq? @counter @again) (#match? @here "--"))
(for_statement condition: (binary_expression left: (identifier) @counter operator: [">" ">="])
  increment: (update_expression (identifier) @again) @here
  (#eq? @counter @again) (#match? @here "\\+\\+"))
