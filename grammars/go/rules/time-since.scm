; severity: hint
; message: time.Since does the same.
; fix: Use time.Since
; needs: time.Now
(call_expression function: (selector_expression operand: (call_expression function: (selector_expression) @now) field: (field_identifier) @sub) arguments: (argument_list . (_) @start .)
  (#eq? @now "time.Now") (#eq? @sub "Sub")
  (#replace! @here "time.Since({start})")) @here
