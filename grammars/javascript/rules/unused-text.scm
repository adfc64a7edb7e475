; message: {method} gives a new string and leaves this one as it is; the result is not used.
(expression_statement (call_expression function: (member_expression property: (property_identifier) @method)) @here
  (#any-of? @method "toUpperCase toLowerCase trimStart trimEnd padStart padEnd substring charAt charCodeAt codePointAt localeCompare"))
