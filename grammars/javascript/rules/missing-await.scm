; message: `{name}` is async, and nothing waits for it here: its errors are lost.
; fix: Await it
(function_declaration "async" name: (identifier) @name
  (#parent? @declaration "program export_statement")
  (#mark! @name "async")) @declaration
(try_statement body: (statement_block (expression_statement (call_expression function: (identifier) @name) @here))
  (#marked? @name "async")
  (#nearest-has? @here "async" "function_declaration arrow_function function_expression method_definition")
  (#not-mentioned? @name @unit "variable_declarator formal_parameters required_parameter optional_parameter object_pattern array_pattern pair_pattern")
  (#replace! @here "await {here}"))
