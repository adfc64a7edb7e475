; message: All calls share this one object; use None and make it inside.
(default_parameter name: (identifier) @name value: [(list) (dictionary)] @here
  (#match? @here "^(\\[\\s*\\]|\\{\\s*\\})$")
  (#not-match? @name "cache|memo|seen|^_")
  (#match? @unit "(?<!\\.)\\b{name}(\\.(append|add|update|extend|insert|setdefault|pop|clear|remove|discard|popitem|sort)\\(|\\[[^\\]]+\\]\\s*=[^=])")
  (#not-match? @unit "\n\\s*{name}\\s*=[^=]|\\bin {name}\\b"))
(typed_default_parameter name: (identifier) @name value: [(list) (dictionary)] @here
  (#match? @here "^(\\[\\s*\\]|\\{\\s*\\})$")
  (#not-match? @name "cache|memo|seen|^_")
  (#match? @unit "(?<!\\.)\\b{name}(\\.(append|add|update|extend|insert|setdefault|pop|clear|remove|discard|popitem|sort)\\(|\\[[^\\]]+\\]\\s*=[^=])")
  (#not-match? @unit "\n\\s*{name}\\s*=[^=]|\\bin {name}\\b"))
