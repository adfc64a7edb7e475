; message: This blocks the thread of all other tasks; use the runtime's own sleep.
; needs: sleep async
(call_expression function: (scoped_identifier) @function
  (#any-of? @function "std::thread::sleep thread::sleep")
  (#nearest-has? @here "function_modifiers" "function_item closure_expression async_block")
  (#match? @unit "\\basync\\b[^{]*\\bfn\\b")
  (#not-inside? @here "closure_expression macro_invocation")) @here
