; severity: hint
; message: Pieces of text can be written as one template string.
; fix: Write as a template string
; needs: +
(binary_expression
  left: (string) @head operator: "+" right: [(call_expression function: (member_expression property: (property_identifier) @method)) (member_expression property: (property_identifier) @method)] @value
  (#any-of? @method "toString toFixed join length trim toUpperCase toLowerCase slice padStart padEnd repeat substring charAt toISOString toPrecision message stringify")
  (#not-match? @head "[`$\\\\]") (#not-has? @value "comment")
  (#not-parent? @here "binary_expression")
  (#replace! @here "`{head.inner}${{value}}`")) @here
(binary_expression
  left: (binary_expression left: (string) @head operator: "+" right: [(call_expression function: (member_expression property: (property_identifier) @method)) (member_expression property: (property_identifier) @method)] @value)
  operator: "+" right: (string) @tail
  (#any-of? @method "toString toFixed join length trim toUpperCase toLowerCase slice padStart padEnd repeat substring charAt toISOString toPrecision message stringify")
  (#not-match? @head "[`$\\\\]") (#not-match? @tail "[`$\\\\]")
  (#not-parent? @here "binary_expression")
  (#replace! @here "`{head.inner}${{value}}{tail.inner}`")) @here
