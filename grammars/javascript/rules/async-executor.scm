; message: An error thrown in an async executor never rejects the promise.
; needs: Promise async
(new_expression constructor: (identifier) @promise arguments: (arguments . (_) @here .)
  (#type? @here "arrow_function function_expression") (#match? @here "^async\\b")
  (#eq? @promise "Promise")
  (#has? @here "await_expression")
  (#not-has? @here "try_statement"))
