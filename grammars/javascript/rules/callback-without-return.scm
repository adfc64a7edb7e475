; message: This function gives nothing back, so {method} has nothing to work with.
(call_expression
  function: (member_expression object: (_) @object property: (property_identifier) @method)
  arguments: (arguments . (arrow_function body: (statement_block (expression_statement) .) @body) @here .)
  (#not-match? @here "^async\\b") (#not-match? @object "^[A-Z]\\w*$")
  (#any-of? @method "map filter some every flatMap findIndex reduce")
  (#not-has? @body "return_statement throw_statement")
  (#not-parent? @call "expression_statement await_expression unary_expression binary_expression ternary_expression arrow_function")) @call
