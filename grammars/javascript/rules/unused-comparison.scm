; message: This compares and does nothing with the result; was = meant?
(expression_statement (binary_expression left: [(identifier) (member_expression) (subscript_expression)] operator: ["==" "===" "!=" "!=="]) @here)
