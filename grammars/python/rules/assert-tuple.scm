; message: A tuple is always true, so this never fails.
(assert_statement . (tuple (_)) @here .)
