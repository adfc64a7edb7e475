; message: This is always the same: `{name}` can't be both.
(binary_expression
  left: (binary_expression left: [(identifier) (selector_expression)] @name operator: "!=" right: [(interpreted_string_literal) (int_literal) (nil)] @one)
  operator: "||"
  right: (binary_expression left: (_) @again operator: "!=" right: [(interpreted_string_literal) (int_literal) (nil)] @two)
  (#eq? @name @again) (#not-eq? @one @two)) @here
(binary_expression
  left: (binary_expression left: [(identifier) (selector_expression)] @name operator: "==" right: [(interpreted_string_literal) (int_literal) (nil)] @one)
  operator: "&&"
  right: (binary_expression left: (_) @again operator: "==" right: [(interpreted_string_literal) (int_literal) (nil)] @two)
  (#eq? @name @again) (#not-eq? @one @two)) @here
