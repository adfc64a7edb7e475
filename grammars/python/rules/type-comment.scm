; severity: hint
; message: The type can stand in the code.
; fix: Write an annotation
; needs: type:
(block (expression_statement (assignment left: (identifier) @name !type right: (_) @value) @here) . (comment) @comment
  (#match? @comment "^#\\s*type:(?!\\s*ignore)\\s*(?<type>[\\w.\\[\\], ]*[\\w\\]])\\s*$")
  (#same-line? @here @comment)
  (#not-type? @value "assignment")
  (#replace! @name "{name}: {type}")
  (#replace! @comment ""))
