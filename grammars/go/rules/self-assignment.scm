; message: `{left}` is assigned to itself, which does nothing.
(assignment_statement left: (expression_list . (_) @left .) operator: "=" right: (expression_list . (_) @right .)
  (#type? @left "identifier selector_expression") (#eq? @left @right) (#not-eq? @left "_") (#not-has? @left "call_expression")) @here
