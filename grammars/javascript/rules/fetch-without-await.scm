; message: fetch gives a promise, which has no {property}; await it first.
; fix: Await fetch
; needs: fetch
(member_expression object: (call_expression function: (identifier) @fetch) @call property: (property_identifier) @property
  (#eq? @fetch "fetch")
  (#any-of? @property "json text blob arrayBuffer formData status ok headers body")
  (#not-mentioned? @fetch @unit "variable_declarator formal_parameters required_parameter object_pattern pair_pattern")
  (#nearest-has? @here "async" "function_declaration arrow_function function_expression method_definition")
  (#replace! @call "(await {call})")) @here
