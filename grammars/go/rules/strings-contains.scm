; severity: hint
; message: strings.Contains asks the same.
; fix: Use strings.Contains
; needs: strings.Index
(binary_expression left: (call_expression function: (selector_expression) @function arguments: (argument_list) @arguments) operator: "!=" right: (unary_expression) @none
  (#eq? @function "strings.Index") (#eq? @none "-1")
  (#replace! @here "strings.Contains{arguments}")) @here
(binary_expression left: (call_expression function: (selector_expression) @function arguments: (argument_list) @arguments) operator: ">=" right: (int_literal) @none
  (#eq? @function "strings.Index") (#eq? @none "0")
  (#replace! @here "strings.Contains{arguments}")) @here
(binary_expression left: (call_expression function: (selector_expression) @function arguments: (argument_list) @arguments) operator: "==" right: (unary_expression) @none
  (#eq? @function "strings.Index") (#eq? @none "-1")
  (#replace! @here "!strings.Contains{arguments}")) @here
