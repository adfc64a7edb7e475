; message: The key `{here}` stands here twice; the later value wins.
(object (pair key: [(property_identifier) (string) (number)] @here) @pair
  (#repeats? @here)
  (#not-parent? @pair "object_pattern")
  (#not-has? @object "spread_element")) @object
