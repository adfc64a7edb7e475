; message: {method} gives -1, which counts as true, where there is nothing.
; needs: ndex
(if_statement condition: (parenthesized_expression
  (call_expression function: (member_expression property: (property_identifier) @method)) @here)
  (#any-of? @method "indexOf lastIndexOf findIndex findLastIndex"))
(binary_expression left: (call_expression function: (member_expression property: (property_identifier) @method)) @here operator: "&&"
  (#any-of? @method "indexOf lastIndexOf findIndex findLastIndex"))
(ternary_expression condition: (call_expression function: (member_expression property: (property_identifier) @method)) @here
  (#any-of? @method "indexOf lastIndexOf findIndex findLastIndex"))
