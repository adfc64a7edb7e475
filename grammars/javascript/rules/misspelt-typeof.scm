; message: typeof never gives {here}.
; needs: typeof
(binary_expression left: (unary_expression operator: "typeof") operator: ["===" "==" "!==" "!="] right: (string) @here
  (#not-match? @here "^.(undefined|object|boolean|number|string|function|symbol|bigint|unknown|date).$"))
