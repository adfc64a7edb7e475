; message: `is` compares objects, and equal texts and numbers can be different objects.
(comparison_operator operators: ["is" "is not"] (_) @right .
  (#type? @right "string integer float")) @here
