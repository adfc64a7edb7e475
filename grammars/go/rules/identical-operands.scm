; message: Both sides of {operator} are the same.
(binary_expression left: [(identifier) (selector_expression)] @left operator: ["&&" "||" "<" ">" "<=" ">="] @operator right: [(identifier) (selector_expression)] @right
  (#eq? @left @right) (#not-has? @left "call_expression")) @here
(binary_expression left: (binary_expression) @left operator: ["&&" "||"] @operator right: (binary_expression) @right
  (#eq? @left @right) (#not-has? @left "call_expression unary_expression")) @here
