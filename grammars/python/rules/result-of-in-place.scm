; message: {method} changes the list itself and gives None.
(assignment right: (call function: (attribute object: (identifier) attribute: (identifier) @method)) @here
  (#any-of? @method "sort reverse append extend insert")
  (#not-match? @here "^(np|numpy|pd|df|tf|torch)\\."))
