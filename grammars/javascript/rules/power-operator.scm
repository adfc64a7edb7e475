; severity: hint
; message: Math.pow has an operator.
; fix: Use **
; needs: Math.pow
(call_expression function: (member_expression) @function arguments: (arguments . (_) @base . (_) @exponent .)
  (#eq? @function "Math.pow")
  (#type? @base "identifier number member_expression") (#type? @exponent "identifier number member_expression")
  (#parent? @here "variable_declarator return_statement assignment_expression augmented_assignment_expression arguments parenthesized_expression arrow_function template_substitution pair array")
  (#replace! @here "{base} ** {exponent}")) @here
