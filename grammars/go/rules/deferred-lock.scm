; message: This locks again at the end; Unlock was probably meant.
; fix: Defer Unlock
; needs: defer Lock
(block (expression_statement (call_expression function: (selector_expression) @first)) . (defer_statement (call_expression function: (selector_expression operand: (_) field: (field_identifier) @lock) @second arguments: (argument_list) @arguments)) @here
  (#eq? @first @second) (#eq? @lock "Lock") (#eq? @arguments "()")
  (#replace! @lock "Unlock"))
(block (expression_statement (call_expression function: (selector_expression) @first)) . (defer_statement (call_expression function: (selector_expression operand: (_) field: (field_identifier) @lock) @second arguments: (argument_list) @arguments)) @here
  (#eq? @first @second) (#eq? @lock "RLock") (#eq? @arguments "()")
  (#replace! @lock "RUnlock"))
