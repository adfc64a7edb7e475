; severity: hint
; message: interface{} is called any.
; fix: Write any
; needs: interface{}
(interface_type
  (#match? @here "^interface\\{\\}$")
  (#replace! @here "any")) @here
