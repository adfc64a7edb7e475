; message: Both sides of {operator} are the same.
(binary_expression left: [(identifier) (field_expression)] @left operator: ["&&" "||" "<" ">" "<=" ">="] @operator right: [(identifier) (field_expression)] @right
  (#eq? @left @right) (#not-has? @left "call_expression")) @here
(binary_expression left: (binary_expression) @left operator: ["&&" "||"] @operator right: (binary_expression) @right
  (#eq? @left @right) (#not-has? @left "call_expression macro_invocation await_expression try_expression")) @here
