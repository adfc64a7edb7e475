; message: A length is never negative, so this is always the same.
(binary_expression left: (call_expression function: (identifier) @len arguments: (argument_list . (_) .)) operator: ["<" ">="] right: (int_literal) @zero
  (#any-of? @len "len cap") (#eq? @zero "0")) @here
