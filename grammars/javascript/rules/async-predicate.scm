; message: An async function gives a promise, which always counts as true here.
; needs: async
(call_expression
  function: (member_expression property: (property_identifier) @method)
  arguments: (arguments . (_) @here .)
  (#type? @here "arrow_function function_expression") (#match? @here "^async\\b")
  (#any-of? @method "filter some every find findIndex findLast")
  (#not-parent? @call "await_expression")) @call
