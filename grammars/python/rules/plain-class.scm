; severity: hint
; message: Every class is an object.
; fix: Leave object out
(argument_list . (identifier) @base .
  (#eq? @base "object")
  (#parent? @here "class_definition")
  (#replace! @here "")) @here
