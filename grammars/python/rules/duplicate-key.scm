; message: The key {here} stands here twice; the later value wins.
(dictionary (pair key: [(string) (integer) (identifier) (attribute)] @here (#repeats? @here) (#not-match? @here "^[fF]")))
