; severity: hint
; message: The last expression of a function is its result.
; fix: Leave return out
; needs: return
(function_item body: (block (expression_statement (return_expression (_) @value) @here ";" @end) .)
  (#not-match? @here "\\n") (#not-type? @value "block_comment line_comment")
  (#replace! @here "{value}")
  (#replace! @end ""))
