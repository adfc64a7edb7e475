; message: Every function made here sees the last value of `{name}`: var is one variable for the whole loop.
; needs: var
(for_statement initializer: (variable_declaration (variable_declarator name: (identifier) @name))
  body: (statement_block (expression_statement (call_expression function: (identifier) @callee
    arguments: (arguments . [(arrow_function) (function_expression)] @here))))
  (#any-of? @callee "setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback")
  (#mentioned? @name @here))
(for_statement initializer: (variable_declaration (variable_declarator name: (identifier) @name))
  body: (statement_block (expression_statement (call_expression function: (member_expression property: (property_identifier) @callee)
    arguments: (arguments [(arrow_function) (function_expression)] @here))))
  (#any-of? @callee "addEventListener setTimeout nextTick then")
  (#mentioned? @name @here))
