; message: This is always the same: `{name}` can't be both.
(binary_expression
  left: (binary_expression left: [(identifier) (field_expression)] @name operator: "!=" right: [(string_literal) (integer_literal) (char_literal)] @one)
  operator: "||"
  right: (binary_expression left: (_) @again operator: "!=" right: [(string_literal) (integer_literal) (char_literal)] @two)
  (#eq? @name @again) (#not-eq? @one @two)) @here
(binary_expression
  left: (binary_expression left: [(identifier) (field_expression)] @name operator: "==" right: [(string_literal) (integer_literal) (char_literal)] @one)
  operator: "&&"
  right: (binary_expression left: (_) @again operator: "==" right: [(string_literal) (integer_literal) (char_literal)] @two)
  (#eq? @name @again) (#not-eq? @one @two)) @here
