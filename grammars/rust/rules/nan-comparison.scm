; message: Nothing equals NaN, not even itself; ask is_nan.
; needs: NAN
(binary_expression operator: ["==" "!=" "<" ">" "<=" ">="] right: (scoped_identifier) @nan
  (#match? @nan "^(std::|core::)?f(32|64)(::consts)?::NAN$")) @here
(binary_expression left: (scoped_identifier) @nan operator: ["==" "!=" "<" ">" "<=" ">="]
  (#match? @nan "^(std::|core::)?f(32|64)(::consts)?::NAN$")) @here
