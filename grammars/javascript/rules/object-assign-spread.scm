; severity: hint
; message: A new object with other objects' properties can be written with spread.
; fix: Use spread
; needs: Object.assign
(call_expression function: (member_expression) @function arguments: (arguments . (object) @target . (_) @first .)
  (#type? @first "identifier member_expression call_expression") (#eq? @function "Object.assign") (#match? @target "^\\{\\s*\\}$")
  (#parent? @here "variable_declarator return_statement assignment_expression arguments pair array parenthesized_expression")
  (#replace! @here "{ ...{first} }")) @here
(call_expression function: (member_expression) @function arguments: (arguments . (object) @target . (_) @first . (_) @second .)
  (#type? @second "identifier member_expression call_expression") (#type? @first "identifier member_expression call_expression") (#eq? @function "Object.assign") (#match? @target "^\\{\\s*\\}$")
  (#parent? @here "variable_declarator return_statement assignment_expression arguments pair array parenthesized_expression")
  (#replace! @here "{ ...{first}, ...{second} }")) @here
(call_expression function: (member_expression) @function arguments: (arguments . (object) @target . (_) @first . (object . (_)) @second .)
  (#type? @first "identifier member_expression call_expression") (#eq? @function "Object.assign") (#match? @target "^\\{\\s*\\}$") (#match? @second "^\\{\\s*(?<inner>[^]*?),?\\s*\\}$") (#not-match? @second "__proto__")
  (#parent? @here "variable_declarator return_statement assignment_expression arguments pair array parenthesized_expression")
  (#replace! @here "{ ...{first}, {inner} }")) @here
