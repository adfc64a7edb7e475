; message: `{name}` is async: without await its promise always counts as true.
(function_declaration "async" name: (identifier) @name
  (#parent? @declaration "program export_statement")
  (#mark! @name "async")) @declaration
(if_statement condition: (parenthesized_expression (call_expression function: (identifier) @name) @here)
  (#marked? @name "async")
  (#not-mentioned? @name @unit "variable_declarator formal_parameters required_parameter optional_parameter object_pattern array_pattern pair_pattern"))
(if_statement condition: (parenthesized_expression (unary_expression "!" (call_expression function: (identifier) @name) @here))
  (#marked? @name "async")
  (#not-mentioned? @name @unit "variable_declarator formal_parameters required_parameter optional_parameter object_pattern array_pattern pair_pattern"))
