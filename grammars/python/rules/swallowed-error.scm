; severity: information
; message: Every error is lost here, even a key press that should stop the program; name what may fail.
(except_clause . (block . (pass_statement) .)) @here
