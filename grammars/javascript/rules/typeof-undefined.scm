; message: typeof gives a string, which never equals undefined itself.
; fix: Compare with "undefined"
; needs: typeof undefined
(binary_expression left: (unary_expression operator: "typeof") operator: ["===" "==" "!==" "!="] right: (undefined) @here
  (#replace! @here "\"undefined\""))
