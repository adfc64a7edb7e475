; severity: hint
; message: An array of the arguments can be written with spread.
; fix: Use spread
; needs: arguments slice
(call_expression function: (member_expression) @function arguments: (arguments . (identifier) @value .)
  (#match? @function "^(Array\\.prototype|\\[\\])\\.slice\\.call$")
  (#eq? @value "arguments")
  (#replace! @here "[...arguments]")) @here
(call_expression function: (member_expression) @function arguments: (arguments . (identifier) @value . (number) @zero .)
  (#match? @function "^(Array\\.prototype|\\[\\])\\.slice\\.call$")
  (#eq? @value "arguments") (#eq? @zero "0")
  (#replace! @here "[...arguments]")) @here
