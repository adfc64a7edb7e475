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

test("what belongs below the end of a block is not put behind its closing brace", () => {
  const end = "//- /a.ts\nfunction f() {\n  g()\n}<|>\n"
  checkRead(end, "/* Twice. */ export function f() {\n  g()\n}", "null diverged")
  checkRead(end, "// Twice.\nexport function f() {\n  g()\n}", "null diverged")
  checkRead(end, "export function f() {\n  g()\n}", "null diverged")
  checkRead(end, "@once\nclass A {}", "null diverged")
  checkRead(end, "elsewhere()", "null diverged")
  checkRead(end, "for (const a of b) g(a)", "null diverged")
  checkRead(end, "\n\nexport const a = 1", "null diverged")
  checkRead(TS("  if (a) {\n  }<|>"), "} else {\n    g()\n  }", '" else {\\n    g()\\n  }" end')
  checkRead(TS("  if (a) {\n  }<|>"), " else return 1", '" else return 1" end')
  checkRead(TS("  foo({\n  }<|>"), ", a)", '", a)" end')
  checkRead("//- /a.ts\nconst a = {\n}<|>\n", " as const", '" as const" end')
})

test("the line above said again is passed over", () => {
  checkRead(TS("  const b = a\n  return <|>"), "  const b = a\n  return b", '"b" end')
})

test("fences, sentences and markers are passed over as they stream, and end the answer behind it", () => {
  checkRead(TS("  <|>"), "Sure! Here is the code:\n```ts\n  return a\n```\nThis adds.", '"return a" fence')
  checkRead(TS("  <|>"), "  return a\nThis code returns what it is given.", '"return a" prose')
  checkRead(TS("  <|>"), "  return a</line_start>", '"return a" marker')
  checkRead(TS("  <|>"), "<line_start>  return a", '"return a" end')
  checkRead(TS("  <|>"), "I can't do that.", "null end")
  checkRead(TS("  <|>"), "", "null end")
})

test("the first line of a statement is shown as soon as it is complete, the rest is kept", () => {
  const reader = new AnswerReader(placeIn(TS("  <|>")), LINE)
  reader.push("  const b = a")
  expect([reader.first, reader.sofar]).toEqual([null, "const b = a"])
  reader.push("\n  const c")
  expect([reader.first, reader.rest, reader.stopped]).toEqual(["const b = a", "", null])
  reader.push(" = b\n  return c\n}\n")
  expect([reader.rest, reader.stopped]).toEqual(["\n  const c = b\n  return c", "block-end"])
})

test("a statement of several lines is shown whole", () => {
  checkRead(
    TS("  <|>"),
    "  foo({\n    a,\n  })\n  bar()\n}",
    '"foo({\\n    a,\\n  })" +"\\n  bar()" block-end',
  )
  checkRead(TS("  <|>"), "  const b =\n    a + 1\n  bar()", '"const b =\\n    a + 1" +"\\n  bar()" end')
  checkRead(
    PY("    <|>"),
    "    if a:\n        b = 1\n    c = 2",
    '"if a:\\n        b = 1" +"\\n    c = 2" end',
  )
})

test("a block is shown by its first lines", () => {
  const lines = "  b()\n  c()\n  d()\n  e()\n  f()\n}"
  checkRead(TS("  <|>"), lines, '"b()\\n  c()\\n  d()" +"\\n  e()\\n  f()" block-end', BLOCK)
  checkRead(
    TS("  <|>"),
    "  b()\n  if (a) {\n    c()\n  }\n  d()",
    '"b()\\n  if (a) {\\n    c()\\n  }" +"\\n  d()" end',
    BLOCK,
  )
})

test("a body is shown whole", () => {
  const body = "  let b = a\n  b++\n  b++\n  b--\n  return b\n}\n\nfunction g() {}"
  checkRead(TS("  <|>"), body, '"let b = a\\n  b++\\n  b++\\n  b--\\n  return b" block-end', BODY)
  checkRead(
    PY("    <|>"),
    "    b = a\n\n    return b\n\ndef g():\n    pass",
    '"b = a\\n\\n    return b" dedent',
    BODY,
  )
  checkRead(
    "//- /a.py\ndef f(a):<|>\n",
    "def f(a):\n    b = a\n    return b\n\ndef g():\n    pass",
    '"\\n    b = a\\n    return b" block-end',
    BODY,
  )
  checkRead(
    "//- /a.go\npackage a\n\nfunc f(a int) int {\n\t<|>\n}\n",
    "\tb := a\n\tif b > 0 {\n\t\treturn b\n\t}\n\treturn a\n}",
    '"b := a\\n\\tif b > 0 {\\n\\t\\treturn b\\n\\t}\\n\\treturn a" block-end',
    BODY,
  )
  checkRead(
    "//- /a.rs\nfn f(a: u8) -> u8 {\n    <|>\n}\n",
    "    match a {\n        0 => 1,\n        _ => a,\n    }\n}\n",
    '"match a {\\n        0 => 1,\\n        _ => a,\\n    }" block-end',
    BODY,
  )
})

test("an answer ends at what is outside its block", () => {
  checkRead(TS("  if (a) {\n    <|>\n  }"), "    b()\n  c()", '"b()" dedent', BLOCK)
  checkRead(TS("  <|>\n  return a"), "  b()\n  return a\n}", '"b()" next-line', BLOCK)
  checkRead(TS("  <|>\n  return a"), "  return a\n}", "null next-line", BLOCK)
  checkRead(TS("  <|>"), "  b()\n\n\n  c()", '"b()" blank-lines', BLOCK)
  checkRead("//- /a.ts\n<|>\n\nexport {}\n", "const a = 1\n\nconst b = 2", '"const a = 1" blank-lines')
})

test("a closer is kept where the document lacks it", () => {
  checkRead("//- /a.ts\nfunction f() {\n  <|>\n", "  return 1\n}\n\nf()", '"return 1\\n}" block-end', BODY)
  checkRead("//- /a.ts\nfoo(<|>\n", "foo(a, b)\nbar()", '"a, b)" +"\\nbar()" end')
})

test("one line is enough where something stands right of the cursor", () => {
  checkRead("//- /a.ts\nfoo(<|>)\n", "foo(a, b)\nbar()", '"a, b)" block-end')
})

test("a document without a grammar is read by its indentation and marks", () => {
  checkRead("//- /a.txt\nlist:\n  one\n  <|>\nend", "  two\n  three\nfour", '"two" +"\\n  three" dedent')
  checkRead(
    "//- /a.rb\ndef f(a)\n  <|>\nend\n",
    "  a.each do |b|\n    b\n  end\nend",
    '"a.each do |b|\\n    b\\n  end" next-line',
  )
})

test("indentation becomes the document's as the answer is read", () => {
  checkRead(
    "//- /a.go\npackage a\n\nfunc f() {\n\t<|>\n}\n",
    "    if a {\n        b()\n    }\n",
    '"if a {\\n\\t\\tb()\\n\\t}" end',
  )
  checkRead(TS("  if (a) {\n    <|>\n  }"), "if (b) {\n  c()\n}", '"if (b) {\\n      c()\\n    }" end')
})

test("an answer may leave out the indentation of its first line alone, or of all of them", () => {
  const inner = TS("  if (a) {\n    <|>\n  }")
  checkRead(inner, "b()\n    c()", '"b()" +"\\n    c()" end')
  checkRead(inner, "b()\nc()", '"b()" +"\\n    c()" end')
  checkRead(inner, "if (b) {\n      c()\n    }", '"if (b) {\\n      c()\\n    }" end')
  checkRead(inner, "b\n      .c()\n    d()", '"b" +"\\n      .c()\\n    d()" end')
  checkRead(
    PY("    <|>"),
    "if a:\n        return 1\n    return 2",
    '"if a:\\n        return 1" +"\\n    return 2" end',
  )
  checkRead(
    PY("    <|>"),
    "if a:\n    return 1\nreturn 2",
    '"if a:\\n        return 1" +"\\n    return 2" end',
  )
})

test("an answer within braces on one line is read up to the closing brace that stands there", () => {
  const braces = "//- /a.ts\nfunction f() {<|>}\n"
  checkRead(braces, "function f() {\n  return 1\n}\n\nfunction g() {}\n", '"\\n  return 1" block-end', BODY)
  checkRead(braces, "function f() { return 1 }", '" return 1 }" end', BODY)
})

test("an answer that never ends is read no further than is wanted", () => {
  checkRead(TS("  <|>"), "  foo(a)\n".repeat(10_000), '"foo(a)" repetition')
  checkRead(TS("  <|>"), "x".repeat(5_000_000), "null bounds")
  const long = Array.from({ length: 500 }, (_, line) => `  call${line}()\n`).join("")
  const reader = new AnswerReader(placeIn(TS("  <|>")), BLOCK)
  reader.push(long)
  expect([reader.stopped, reader.rest.length < 1000]).toEqual(["bounds", true])
})

test("an answer that was cut off loses its last line", () => {
  const reader = new AnswerReader(placeIn(TS("  <|>")), BLOCK)
  reader.push("  b()\n  foo(a")
  reader.end(false)
  expect([reader.first, reader.stopped]).toEqual(["b()", "end"])
})

const PIECES = fc.constantFrom(
  ...[
    "  ",
    "\t",
    "\n",
    "\r\n",
    "```",
    "```ts\n",
    "return a",
    "foo(",
    ")",
    "{",
    "}",
    "}\n",
    "é",
    "😀",
    "日本",
  ],
  ...[
    "Here is the code:\n",
    "<|fim_end|>",
    "</code_before>",
    '"',
    "`",
    "//",
    "  const b = a\n",
    "if (a) {\n",
    "a",
  ],
)
const FIXTURES = [TS("  <|>"), TS("  return <|>"), TS("  foo(<|>)"), PY("    <|>"), "//- /a.txt\n<|>"]

test("how an answer is cut into deltas makes no difference", () => {
  const cuts = fc.array(fc.nat(400), { maxLength: 12 })
  const answers = fc.array(PIECES, { maxLength: 40 }).map(pieces => pieces.join(""))
  const property = fc.property(fc.constantFrom(...FIXTURES), answers, cuts, (fixture, answer, at) => {
    const ends = [...new Set(at.map(cut => Math.min(cut, answer.length)))].sort((a, b) => a - b)
    const deltas = [...ends, answer.length].map((end, index) =>
      answer.slice(index === 0 ? 0 : ends[index - 1]!, end),
    )
    const whole = read(placeIn(fixture), BLOCK, [answer])
    const cut = read(placeIn(fixture), BLOCK, deltas)
    expect([cut.first, cut.rest, cut.stopped]).toEqual([whole.first, whole.rest, whole.stopped])
    expect(deltas.join("")).toBe(answer)
  })
  fc.assert(property, { numRuns: 300 })
})
