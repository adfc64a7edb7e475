; severity: hint
; message: super() knows its class and object.
; fix: Write super()
; needs: super
(call function: (identifier) @super arguments: (argument_list . (identifier) @class . (identifier) @self .) @here
  (#eq? @super "super")
  (#name-of? @class "class_definition")
  (#eq? @self "self")
  (#match? @unit "^(async )?def \\w+\\(self\\b")
  (#not-match? @unit "\\n\\s+(async )?def ")
  (#not-inside? @here "lambda list_comprehension generator_expression dictionary_comprehension set_comprehension")
  (#replace! @here "()"))
