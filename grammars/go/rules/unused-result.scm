; message: {function} changes nothing; its result is not used.
(expression_statement (call_expression function: (selector_expression operand: (identifier)) @function) @here
  (#match? @function "^(fmt\\.(Sprint|Sprintf|Sprintln|Errorf)|errors\\.New|strings\\.(TrimSpace|Trim|TrimPrefix|TrimSuffix|TrimLeft|TrimRight|Replace|ReplaceAll|ToUpper|ToLower|Split|Join|Repeat|Title)|sort\\.(Reverse|IntSlice|StringSlice)|context\\.(WithValue|Background|TODO))$"))
