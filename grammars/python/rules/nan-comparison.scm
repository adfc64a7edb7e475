; message: Nothing equals NaN, not even itself; ask math.isnan.
(comparison_operator operators: ["==" "!="] (call function: (identifier) @float arguments: (argument_list . (string) @nan .))
  (#eq? @float "float") (#match? @nan "^.[nN][aA][nN].$")) @here
(comparison_operator (call function: (identifier) @float arguments: (argument_list . (string) @nan .)) operators: ["==" "!="]
  (#eq? @float "float") (#match? @nan "^.[nN][aA][nN].$")) @here
(comparison_operator operators: ["==" "!="] (attribute) @nan
  (#any-of? @nan "math.nan np.nan numpy.nan")) @here
