; message: forEach does not wait for what this async function does; use a for…of loop or Promise.all.
; needs: forEach async await
(expression_statement (call_expression
  function: (member_expression property: (property_identifier) @method)
  arguments: (arguments . [(arrow_function "async") (function_expression "async")] @here))
  (#eq? @method "forEach")
  (#has? @here "await_expression"))
