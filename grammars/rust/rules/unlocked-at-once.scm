; message: `_` drops the guard at once, so nothing is locked after this line.
; fix: Keep the guard
; needs: let
(let_declaration pattern: "_" @pattern value: (call_expression function: (field_expression value: (call_expression function: (field_expression field: (field_identifier) @lock) arguments: (arguments) @arguments) field: (field_identifier) @unwrap))
  (#any-of? @lock "lock") (#any-of? @unwrap "unwrap expect") (#eq? @arguments "()")
  (#replace! @pattern "_guard")) @here
(let_declaration pattern: "_" @pattern value: (await_expression (call_expression function: (field_expression field: (field_identifier) @lock) arguments: (arguments) @arguments))
  (#any-of? @lock "lock") (#eq? @arguments "()")
  (#replace! @pattern "_guard")) @here
