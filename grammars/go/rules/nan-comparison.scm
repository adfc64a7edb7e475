; message: Nothing equals NaN, not even itself; ask math.IsNaN.
; needs: NaN
(binary_expression operator: ["==" "!=" "<" ">" "<=" ">="] right: (call_expression function: (selector_expression) @nan)
  (#eq? @nan "math.NaN")) @here
(binary_expression left: (call_expression function: (selector_expression) @nan) operator: ["==" "!=" "<" ">" "<=" ">="]
  (#eq? @nan "math.NaN")) @here
