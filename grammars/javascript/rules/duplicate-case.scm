; message: An earlier case is `{here}` too, so this one never runs.
; needs: case
(switch_case value: [(string) (number) (identifier) (member_expression)] @here
  (#repeats? @here))
