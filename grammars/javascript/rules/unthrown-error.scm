; message: This error is made and never thrown.
; fix: Throw it
; needs: new Error
(expression_statement (new_expression constructor: (identifier) @class) @here
  (#match? @class "Error$")
  (#replace! @here "throw {here}"))
