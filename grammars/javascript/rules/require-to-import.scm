; severity: hint
; message: This file is a module, where {module} can be imported.
; fix: Import it
(import_statement "import" @import (#mark! @import "module"))
(lexical_declaration "const" . (variable_declarator name: (identifier) @name value: (call_expression function: (identifier) @function arguments: (arguments . (string) @module .))) .
  (#eq? @function "require")
  (#parent? @here "program")
  (#marked? @name "module" "import")
  (#match? @here "(?<semicolon>;?)$")
  (#match? @module "^.(node:)?(buffer|child_process|crypto|dns|fs|http|https|net|os|path|querystring|readline|string_decoder|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/promises)?.$")
  (#replace! @here "import * as {name} from {module}{semicolon}")) @here
