; message: `{left}` is assigned to itself, which does nothing.
(assignment left: (identifier) @left right: (identifier) @right (#eq? @left @right)
  (#nearest? @here "function_definition" "class_definition module")) @here
