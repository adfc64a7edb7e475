; message: Wait may be reached before this Add; add before the goroutine starts.
; needs: go Add
(go_statement (call_expression function: (func_literal body: (block . (expression_statement (call_expression function: (selector_expression operand: (identifier) @group field: (field_identifier) @add)) @here))))
  (#eq? @add "Add")
  (#match? @unit "\\b{group}\\.Wait\\(\\)")
  (#match? @unit "\\b{group}\\.Done\\(\\)"))
