; message: This compares and does nothing with the result; was = meant?
(expression_statement . (comparison_operator . [(identifier) (attribute) (subscript)] operators: "==" ) @here .
  (#nearest? @here "function_definition" "module class_definition with_statement"))
