; severity: hint
; message: {class} without arguments has a literal.
; fix: Write the literal
; needs: new
(new_expression constructor: (identifier) @class arguments: (arguments) @arguments
  (#eq? @class "Array") (#eq? @arguments "()") (#not-has? @here "type_arguments")
  (#parent? @here "variable_declarator assignment_expression arguments return_statement pair array")
  (#replace! @here "[]")) @here
(new_expression constructor: (identifier) @class arguments: (arguments) @arguments
  (#eq? @class "Object") (#eq? @arguments "()") (#not-has? @here "type_arguments")
  (#parent? @here "variable_declarator assignment_expression arguments return_statement pair array")
  (#replace! @here "{}")) @here
