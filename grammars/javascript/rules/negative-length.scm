; message: A length is never negative, so this is always the same.
; needs: length
(binary_expression left: (member_expression property: (property_identifier) @property) operator: ["<" ">="] right: (number) @zero
  (#eq? @property "length") (#eq? @zero "0")) @here
