; message: This is always the same: `{name}` can't be both.
(binary_expression
  left: (binary_expression left: (_) @name operator: "!==" right: [(string) (number) (null) (undefined) (true) (false)] @one)
  operator: "||"
  right: (binary_expression left: (_) @again operator: "!==" right: [(string) (number) (null) (undefined) (true) (false)] @two)
  (#eq? @name @again) (#not-eq? @one @two)
  (#not-has? @name "call_expression update_expression assignment_expression await_expression")) @here
(binary_expression
  left: (binary_expression left: (_) @name operator: "===" right: [(string) (number) (null) (undefined) (true) (false)] @one)
  operator: "&&"
  right: (binary_expression left: (_) @again operator: "===" right: [(string) (number) (null) (undefined) (true) (false)] @two)
  (#eq? @name @again) (#not-eq? @one @two)
  (#not-has? @name "call_expression update_expression assignment_expression await_expression")) @here
