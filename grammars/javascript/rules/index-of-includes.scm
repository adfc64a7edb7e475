; severity: hint
; message: This asks whether {list} has it; includes says so.
; fix: Use includes
; needs: indexOf
(binary_expression
  left: (call_expression function: (member_expression object: (_) @list property: (property_identifier) @method) arguments: (arguments . (_) @item .)) @call
  operator: ["!==" "!="] right: (unary_expression operator: "-" argument: (number) @one)
  (#eq? @method "indexOf") (#not-match? @call "\\?\\.") (#eq? @one "1") (#not-type? @item "spread_element")
  (#replace! @here "{list}.includes({item})")) @here
(binary_expression
  left: (call_expression function: (member_expression object: (_) @list property: (property_identifier) @method) arguments: (arguments . (_) @item .)) @call
  operator: ["===" "=="] right: (unary_expression operator: "-" argument: (number) @one)
  (#eq? @method "indexOf") (#not-match? @call "\\?\\.") (#eq? @one "1") (#not-type? @item "spread_element")
  (#replace! @here "!{list}.includes({item})")) @here
(binary_expression
  left: (call_expression function: (member_expression object: (_) @list property: (property_identifier) @method) arguments: (arguments . (_) @item .)) @call
  operator: ">" right: (unary_expression operator: "-" argument: (number) @one)
  (#eq? @method "indexOf") (#not-match? @call "\\?\\.") (#eq? @one "1") (#not-type? @item "spread_element")
  (#replace! @here "{list}.includes({item})")) @here
(binary_expression
  left: (call_expression function: (member_expression object: (_) @list property: (property_identifier) @method) arguments: (arguments . (_) @item .)) @call
  operator: ">=" right: (number) @zero
  (#eq? @method "indexOf") (#not-match? @call "\\?\\.") (#eq? @zero "0") (#not-type? @item "spread_element")
  (#replace! @here "{list}.includes({item})")) @here
