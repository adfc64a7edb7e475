; message: The ! goes only for the left side here.
; fix: Negate the whole
(binary_expression left: (unary_expression operator: "!" argument: (_) @left) operator: ["in" "instanceof"] @operator right: (_) @right
  (#replace! @here "!({left} {operator} {right})")) @here
