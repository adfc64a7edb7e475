; severity: hint
; message: This async function can await what it passes to then.
; fix: Use await
; needs: then async
(return_statement "return" @return (call_expression
    function: (member_expression object: (_) @promise property: (property_identifier) @then)
    arguments: (arguments . (arrow_function parameter: (identifier) @value body: [(identifier) (member_expression) (call_expression) (binary_expression) (subscript_expression) (template_string) (unary_expression) (string) (number) (array)] @body) @arrow .)) @call
  (#eq? @then "then")
  (#parent? @here "statement_block")
  (#nearest-has? @here "async" "function_declaration arrow_function function_expression method_definition generator_function_declaration generator_function")
  (#not-inside? @here "try_statement")
  (#not-match? @arrow "^async\\b")
  (#not-match? @promise "\\n") (#not-match? @call "\\?\\.then")
  (#not-mentioned? @value @promise)
  (#not-mentioned-outside? @value @arrow)
  (#match? @here "(?<semicolon>;?)$")
  (#replace! @return "const {value} = await {promise}{semicolon}{newline}return")
  (#replace! @call "{body}")) @here
