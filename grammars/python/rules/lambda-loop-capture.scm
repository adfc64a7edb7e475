; message: Every function made here sees the last value of `{name}`; bind it with a default, as in `lambda {name}={name}: …`.
; needs: lambda for
(for_statement left: (identifier) @name body: (block (expression_statement (call function: (attribute attribute: (identifier) @method) arguments: (argument_list . (lambda body: (_) @body) @here .))))
  (#any-of? @method "append add connect bind register")
  (#mentioned? @name @body)
  (#not-mentioned? @name @here "default_parameter lambda_parameters"))
(for_statement left: (identifier) @name body: (block (expression_statement (assignment left: (subscript) right: (lambda body: (_) @body) @here)))
  (#mentioned? @name @body)
  (#not-mentioned? @name @here "default_parameter lambda_parameters"))
