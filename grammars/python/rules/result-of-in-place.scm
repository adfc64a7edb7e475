; message: {method} changes the list itself and gives None.
(assignment right: (call function: (attribute object: (identifier) @list attribute: (identifier) @method)) @here
  (#any-of? @method "sort reverse append extend insert")
  (#match? @unit "(^|[\n(,])\\s*{list}\\s*(:\\s*(typing\\.)?[lL]ist\\b[^=\n]*)?=\\s*(\\[|list\\(|sorted\\()"))
