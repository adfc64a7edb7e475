; severity: hint
; message: Object.hasOwn asks the same.
; fix: Use Object.hasOwn
; needs: hasOwnProperty
(call_expression function: (member_expression) @function arguments: (arguments . (_) @object . (_) @key .)
  (#any-of? @function "Object.prototype.hasOwnProperty.call {}.hasOwnProperty.call")
  (#not-type? @object "spread_element") (#not-type? @key "spread_element")
  (#replace! @here "Object.hasOwn({object}, {key})")) @here
