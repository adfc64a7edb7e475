; severity: information
; message: Every error is lost here without a trace; say in a comment why that is right, or handle it.
; needs: catch
(catch_clause parameter: (identifier) @error body: (statement_block) @body
  (#match? @body "^\\{\\s*\\}$")
  (#not-match? @error "^_|[iI]gnore|[uU]nused")) @here
