; message: `{left}` keeps its value: the old one is assigned back.
; fix: Write {update}
(assignment_expression left: (identifier) @left right: (update_expression (identifier) @again) @update
  (#eq? @left @again) (#not-match? @update "^[+-]")
  (#replace! @here "{update}")) @here
