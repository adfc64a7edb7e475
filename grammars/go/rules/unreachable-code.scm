; message: This never runs: what stands before it leaves the block.
; tags: unnecessary
(block [(return_statement) (break_statement) (continue_statement)] . [(expression_statement) (if_statement) (for_statement) (assignment_statement) (short_var_declaration) (go_statement) (defer_statement)] @here)
(block (expression_statement (call_expression function: (identifier) @panic)) . [(expression_statement) (if_statement) (for_statement) (assignment_statement) (short_var_declaration) (go_statement) (defer_statement)] @here
  (#eq? @panic "panic"))
