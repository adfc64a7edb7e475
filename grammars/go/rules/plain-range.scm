; severity: hint
; message: The blank value can be left out.
; fix: Leave it out
; needs: range
(range_clause left: (expression_list . (_) @key . (identifier) @blank .) @here
  (#eq? @blank "_") (#not-eq? @key "_")
  (#replace! @here "{key}"))
