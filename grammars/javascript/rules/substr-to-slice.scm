; severity: hint
; message: substr is only kept for old programs; slice does this too.
; fix: Use slice
; tags: deprecated
; needs: substr
(call_expression function: (member_expression property: (property_identifier) @method) arguments: (arguments . (_) @start .)
  (#eq? @method "substr") (#not-type? @start "spread_element")
  (#replace! @method "slice")) @here
(call_expression function: (member_expression property: (property_identifier) @method) arguments: (arguments . (number) @start . (number) .)
  (#eq? @method "substr") (#eq? @start "0")
  (#replace! @method "slice")) @here
