import { expect, test } from "vitest"
import { shapeOf } from "../../../../server/features/completion/asking/shape.ts"
import { placeIn } from "../place.ts"

/** The kind of shape and why. */
function checkShape(fixture: string, expected: string): void {
  const { kind, why } = shapeOf(placeIn(fixture), "normal")
  expect(`${kind}: ${why}`).toBe(expected)
}

test("an empty block asks for its whole body", () => {
  checkShape("//- /a.ts\nfunction f() {\n  <|>\n}\n", "body: empty block")
  checkShape("//- /a.ts\nfunction f() {<|>\n}\n", "body: empty block")
  checkShape("//- /a.ts\nfunction f() {<|>}\n", "body: empty block")
  checkShape("//- /a.go\npackage a\n\nfunc f() {\n\t<|>\n}\n", "body: empty block")
  checkShape("//- /a.rs\nfn f() {\n    <|>\n}\n", "body: empty block")
  checkShape("//- /a.py\ndef f(a):\n    <|>\n\nf(1)\n", "body: empty block")
  checkShape("//- /a.py\ndef f(a):<|>\n", "body: empty block")
  checkShape("//- /a.rb\ndef f(a)\n  a.each do\n    <|>\n  end\nend\n", "body: empty block")
})

test("the start of a statement asks for the rest of its block", () => {
  checkShape("//- /a.ts\nfunction f() {\n  a()\n  <|>\n}\n", "block: statement start")
  checkShape("//- /a.ts\n<|>\n", "block: statement start")
  checkShape("//- /a.py\ndef f(a):\n    b = a\n    <|>\n", "block: statement start")
  checkShape("//- /a.txt\none\n<|>\n", "block: statement start")
})

test("within a statement, brackets, a comment or a string only the line is asked for", () => {
  checkShape("//- /a.ts\nfunction f() {\n  const b = <|>\n}\n", "line: within a statement")
  checkShape("//- /a.ts\nfoo(\n  <|>\n)\n", "line: within brackets")
  checkShape("//- /a.ts\nfoo(<|>)\n", "line: code to the right")
  checkShape("//- /a.ts\n// what <|>\n", "line: in a comment")
  checkShape("//- /a.ts\n/* what\n  <|>\n*/\n", "line: in a comment")
  checkShape('//- /a.ts\nfoo("a<|>")\n', "line: in a string")
  checkShape('//- /a.py\nfoo("a<|>\n', "line: in a string")
  checkShape(`//- /a.ts\nfoo(\`a \${<|>}\`)\n`, "line: code to the right")
})

test("the eager get more lines at once, never more tokens than an API allows", () => {
  const place = placeIn("//- /a.ts\nfunction f() {\n  <|>\n}\n")
  const lines = (["quiet", "normal", "eager"] as const).map(eagerness => shapeOf(place, eagerness).maxLines)
  expect(lines).toEqual([8, 16, 30])
  expect(shapeOf(placeIn("//- /a.ts\nfoo(<|>)\n"), "eager").maxLines).toBe(1)
  expect(shapeOf(place, "quiet").maxTokens).toBeGreaterThanOrEqual(16)
})
