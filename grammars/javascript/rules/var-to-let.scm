; severity: hint
; message: `{name}` can be declared with {kind}.
; fix: Declare with let or const
; needs: var
(statement_block (variable_declaration "var" @kind . (variable_declarator name: (identifier) @name value: (_)) .) @here
  (#parent? @block "function_declaration function_expression arrow_function method_definition")
  (#not-mentioned-before? @name @unit)
  (#not-inside? @here "for_statement for_in_statement while_statement do_statement if_statement try_statement switch_statement labeled_statement")
  (#not-mentioned? @name @unit "assignment_expression augmented_assignment_expression update_expression for_in_statement array_pattern object_assignment_pattern pair_pattern assignment_pattern variable_declarator function_declaration class_declaration formal_parameters required_parameter rest_pattern")
  (#not-match? @unit "\\beval\\b")
  (#replace! @kind "const")) @block
(statement_block (variable_declaration "var" @kind . (variable_declarator name: (identifier) @name) .) @here
  (#parent? @block "function_declaration function_expression arrow_function method_definition")
  (#not-mentioned-before? @name @unit)
  (#not-inside? @here "for_statement for_in_statement while_statement do_statement if_statement try_statement switch_statement labeled_statement")
  (#mentioned? @name @unit "assignment_expression augmented_assignment_expression update_expression for_in_statement array_pattern object_assignment_pattern")
  (#not-mentioned? @name @unit "variable_declarator function_declaration class_declaration formal_parameters required_parameter rest_pattern")
  (#not-match? @unit "\\beval\\b")
  (#replace! @kind "let")) @block
