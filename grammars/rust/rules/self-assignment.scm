; message: `{left}` is assigned to itself, which does nothing.
(assignment_expression left: [(identifier) (field_expression)] @left right: (_) @right
  (#eq? @left @right) (#not-has? @left "call_expression")) @here
