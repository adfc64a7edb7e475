; severity: hint
; message: strings.ReplaceAll does the same.
; fix: Use ReplaceAll
; needs: strings.Replace
(call_expression function: (selector_expression) @function arguments: (argument_list . (_) @text . (_) @old . (_) @new . (unary_expression) @all .)
  (#eq? @function "strings.Replace") (#eq? @all "-1")
  (#replace! @here "strings.ReplaceAll({text}, {old}, {new})")) @here
