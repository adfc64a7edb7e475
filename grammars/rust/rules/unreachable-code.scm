; message: This never runs: what stands before it leaves the block.
; tags: unnecessary
(block (expression_statement [(return_expression) (break_expression) (continue_expression)]) . [(expression_statement) (let_declaration)] @here)
