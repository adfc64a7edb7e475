; severity: hint
; message: A set of these can be written as a literal.
; fix: Write a set
; needs: set
(call function: (identifier) @set arguments: (argument_list . (list . (_)) @list .)
  (#eq? @set "set")
  (#not-has? @list "list_splat")
  (#match? @list "^\\[(?<items>[^]*?)(,?\\s*)\\]$")
  (#not-mentioned? @set @unit "assignment parameters import_from_statement typed_parameter default_parameter")
  (#replace! @here "{{items}}")) @here
