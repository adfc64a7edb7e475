; message: This assigns to `{left}` where a comparison is expected.
; fix: Compare with ===
(if_statement condition: (parenthesized_expression
  (assignment_expression left: (_) @left right: [(number) (string) (true) (false) (null) (undefined) (identifier)] @right) @here)
  (#replace! @here "{left} === {right}"))
(ternary_expression condition: (assignment_expression left: (_) @left right: [(number) (string) (true) (false) (null) (undefined)] @right) @here
  (#replace! @here "{left} === {right}"))
(ternary_expression condition: (parenthesized_expression
  (assignment_expression left: (_) @left right: [(number) (string) (true) (false) (null) (undefined)] @right) @here)
  (#replace! @here "{left} === {right}"))
