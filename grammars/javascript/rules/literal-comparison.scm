; message: This is never equal: a new object or array equals nothing but itself.
(binary_expression operator: ["===" "!=="] right: [(object) (array) (arrow_function) (regex) (function_expression)] @here)
(binary_expression left: [(array) (regex)] @here operator: ["===" "!=="])
