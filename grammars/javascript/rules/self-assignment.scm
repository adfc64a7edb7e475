; message: `{left}` is assigned to itself, which does nothing.
(assignment_expression left: (identifier) @left right: (identifier) @right
  (#eq? @left @right)) @here
(assignment_expression left: (subscript_expression object: (identifier) index: [(identifier) (number) (string)]) @left right: (subscript_expression) @right
  (#eq? @left @right)) @here
