; severity: hint
; message: ... in patterns is written ..= now.
; fix: Write ..=
; needs: ...
(range_pattern "..." @here
  (#replace! @here "..="))
