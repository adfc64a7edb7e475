; message: Both sides of {operator} are the same.
(binary_expression left: [(identifier) (member_expression)] @left operator: ["&&" "||" "<" ">" "<=" ">="] @operator right: [(identifier) (member_expression)] @right
  (#eq? @left @right)) @here
(binary_expression left: (binary_expression) @left operator: ["&&" "||"] @operator right: (binary_expression) @right
  (#eq? @left @right)
  (#not-has? @left "call_expression assignment_expression update_expression await_expression augmented_assignment_expression")) @here
