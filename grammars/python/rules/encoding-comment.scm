; severity: hint
; message: Python reads files as UTF-8 anyway.
; fix: Remove it
; needs: coding
(comment
  (#match? @here "^#.*coding[:=]\\s*(utf-?8|UTF-?8)\\b[^\\n]*$")
  (#parent? @here "module")
  (#replace! @here "")) @here
