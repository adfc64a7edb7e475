; message: This never runs: what stands before it leaves the block.
; tags: unnecessary
(statement_block [(return_statement) (break_statement) (continue_statement)] .
  [(expression_statement) (if_statement) (return_statement) (throw_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (try_statement) (switch_statement) (lexical_declaration)] @here)
(statement_block (throw_statement) .
  [(expression_statement) (if_statement) (throw_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (try_statement) (switch_statement) (lexical_declaration)] @here)
(switch_case [(return_statement) (break_statement) (continue_statement) (throw_statement)] .
  [(expression_statement) (if_statement) (return_statement) (throw_statement) (for_statement) (for_in_statement) (while_statement) (lexical_declaration)] @here)
