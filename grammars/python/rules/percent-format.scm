; severity: hint
; message: This text can be written as an f-string.
; fix: Write as an f-string
(binary_operator left: (string) @format operator: "%" right: (tuple . (_) @one .)
  (#type? @one "identifier attribute")
  (#match? @format "^(?<quote>[\"'])(?<head>[^%{}\\\\\"']*)%s(?<tail>[^%{}\\\\\"']*)[\"']$")
  (#not-parent? @here "binary_operator attribute call")
  (#replace! @here "f{quote}{head}{{one}!s}{tail}{quote}")) @here
(binary_operator left: (string) @format operator: "%" right: (tuple . (_) @one . (_) @two .)
  (#type? @one "identifier attribute") (#type? @two "identifier attribute")
  (#match? @format "^(?<quote>[\"'])(?<head>[^%{}\\\\\"']*)%s(?<middle>[^%{}\\\\\"']*)%s(?<tail>[^%{}\\\\\"']*)[\"']$")
  (#not-parent? @here "binary_operator attribute call")
  (#replace! @here "f{quote}{head}{{one}!s}{middle}{{two}!s}{tail}{quote}")) @here
