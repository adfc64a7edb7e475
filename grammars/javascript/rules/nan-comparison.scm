; message: Nothing equals NaN, not even itself.
; fix: Ask Number.isNaN
; needs: NaN
(binary_expression left: (_) @value operator: ["===" "=="] right: [(identifier) (member_expression)] @nan
  (#any-of? @nan "NaN" "Number.NaN")
  (#replace! @here "Number.isNaN({value})")) @here
(binary_expression left: (_) @value operator: ["!==" "!="] right: [(identifier) (member_expression)] @nan
  (#any-of? @nan "NaN" "Number.NaN")
  (#replace! @here "!Number.isNaN({value})")) @here
(binary_expression left: [(identifier) (member_expression)] @nan operator: ["===" "=="] right: (_) @value
  (#any-of? @nan "NaN" "Number.NaN")
  (#replace! @here "Number.isNaN({value})")) @here
