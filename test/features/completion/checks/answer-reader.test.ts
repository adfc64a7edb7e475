import fc from "fast-check"
import { expect, test } from "vitest"
import type { Place } from "../../../../server/features/completion/asking/place.ts"
import type { Shape } from "../../../../server/features/completion/asking/shape.ts"
import { AnswerReader } from "../../../../server/features/completion/checks/answer-reader.ts"
import { placeIn } from "../place.ts"
import "../../../property-seed.ts"

const LINE: Shape = { kind: "line", maxLines: 8, maxTokens: 48, why: "line" }
const BLOCK: Shape = { kind: "block", maxLines: 12, maxTokens: 256, why: "block" }
const BODY: Shape = { kind: "body", maxLines: 20, maxTokens: 256, why: "body" }

function read(place: Place, shape: Shape, deltas: readonly string[]): AnswerReader {
  const reader = new AnswerReader(place, shape)
  for (const delta of deltas) reader.push(delta)
  reader.end()
  return reader
}

/** What is shown first, what is kept for later after `+`, and why reading stopped. */
function checkRead(fixture: string, answer: string, expected: string, shape: Shape = LINE): void {
  const reader = read(placeIn(fixture), shape, [answer])
  const rest = reader.rest === "" ? "" : ` +${JSON.stringify(reader.rest)}`
  expect(`${JSON.stringify(reader.first)}${rest} ${reader.stopped}`).toBe(expected)
}

const TS = (body: string): string => `//- /a.ts\nfunction f(a: number) {\n${body}\n}\n`
const PY = (body: string): string => `//- /a.py\ndef f(a):\n${body}\n\nprint(f(1))\n`

test("what is typed is taken off an answer that begins the line anew", () => {
  checkRead(TS("  return a<|>"), "  return a + 1", '" + 1" end')
  checkRead(TS("  return a<|>"), "return a + 1", '" + 1" end')
  checkRead(TS("  return a<|>"), "\treturn  a + 1", '" + 1" end')
  checkRead(TS("  foo(a,b<|>"), "  foo(a, bc)", '"c)" end')
  checkRead(TS("  foo(a, <|>"), "  foo(a, b)", '"b)" end')
})

test("an answer that goes on at the cursor is taken as it is", () => {
  checkRead(TS("  const total = su<|>"), "sum(a)", '"m(a)" end')
  checkRead(TS("  return <|>"), "a + 1", '"a + 1" end')
  checkRead(TS("  return xs.map(<|>)"), "(x) => x", '"(x) => x" end')
  checkRead(TS("  return a<|>"), ".b", '".b" end')
})

test("an answer about another line is none", () => {
  checkRead(TS("  const total = su<|>"), "  const totals = 4", "null diverged")
})

test("the line above said again is passed over", () => {
  checkRead(TS("  const b = a\n  return <|>"), "  const b = a\n  return b", '"b" end')
})
