; message: This never runs: what stands before it leaves the block.
; tags: unnecessary
(block [(return_statement) (break_statement) (continue_statement)] . [(expression_statement) (if_statement) (for_statement) (while_statement) (return_statement) (with_statement) (try_statement)] @here
  (#not-match? @here "\\byield\\b|^[a-zA-Z]?[\"']"))
(block (raise_statement) . [(expression_statement) (if_statement) (for_statement) (while_statement) (with_statement) (try_statement)] @here
  (#not-match? @here "\\byield\\b|^[a-zA-Z]?[\"']"))
