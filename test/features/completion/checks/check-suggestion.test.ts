import fc from "fast-check"
import { expect, test } from "vitest"
import { Redactions } from "../../../../server/context/redact/redactions.ts"
import { scopeOf } from "../../../../server/features/completion/asking/scope.ts"
import { loneBrackets } from "../../../../server/features/completion/checks/brackets.ts"
import {
  type CheckFacts,
  checkSuggestion,
} from "../../../../server/features/completion/checks/check-suggestion.ts"
import { languages } from "../../../syntax/parsing.ts"
import { placeAt, placeIn } from "../place.ts"
import "../../../property-seed.ts"

const PY_BODY = "//- /a.py\ndef f(a):\n    <|>\n"

const FACTS: CheckFacts = {
  exists: () => true,
  wasRejected: () => false,
  recentEdits: [],
  redactions: null,
  enclosing: "",
  canReplaceAfter: true,
  isWhole: true,
}

/**
 * What is left of a suggestion: the text, `>N` if it replaces N units, `low` if it is lowered, and the checks that changed it;
 * or the check that dropped it after `-`.
 */
function checkChecked(
  fixture: string,
  text: string,
  expected: string,
  facts: Partial<CheckFacts> = {},
): void {
  const checked = checkSuggestion(text, placeIn(fixture), { ...FACTS, ...facts })
  if (checked.kind === "dropped") {
    expect(`-${checked.by}`).toBe(expected)
    return
  }
  const notes = [
    JSON.stringify(checked.text),
    checked.replaceAfter > 0 ? `>${checked.replaceAfter}` : "",
    checked.lowered ? "low" : "",
    ...checked.changed,
  ]
  expect(notes.filter(Boolean).join(" ")).toBe(expected)
}

const TS = (body: string): string => `//- /a.ts\nfunction f(a: number) {\n${body}\n}\n`

test("fences, sentences and markers around code are taken off", () => {
  checkChecked(TS("  <|>"), "```ts\nreturn a\n```", '"return a" fences')
  checkChecked(TS("  <|>"), "Here is the completed code:\nreturn a", '"return a" fences')
  checkChecked(TS("  <|>"), "return a\n</code_before>", '"return a" fences')
  checkChecked(TS("  <|>"), "return a\nThis function returns what it is given.", '"return a" fences')
  checkChecked(TS("  <|>"), "I can't help with that.", "-fences")
  checkChecked(TS("  // <|>"), "Here is the list:", '"Here is the list:"')
  checkChecked("//- /notes.txt\n<|>", "Here is the list:", '"Here is the list:"')
})

test("the beginning of the line is not said twice", () => {
  checkChecked(TS("  return a +<|>"), "return a + 1", '" 1" line-start')
})

test("indentation is the document's", () => {
  checkChecked(TS("\tif (a) {<|>\n\t}"), "\n    return a", '"\\n\\treturn a" indentation')
  checkChecked(TS("  if (a) {<|>\n  }"), "\n\treturn a", '"\\n  return a" indentation')
})

test("what already stands right of the cursor is not repeated", () => {
  checkChecked("//- /a.ts\nfoo(<|>)", "a, b)", '"a, b" overlap')
  checkChecked("//- /a.ts\nfunction g(<|>): void {\n}", "name: string): void {", '"name: string" overlap')
  checkChecked('//- /a.ts\nfoo("<|>")', 'hello"', '"hello" overlap')
  checkChecked("//- /a.ts\nfoo(<|>)", ")", "-overlap")
})

test("a closer that the suggestion itself needs is kept", () => {
  checkChecked("//- /a.ts\nfoo(<|>)", "bar(x)", '"bar(x)"')
  checkChecked("//- /a.ts\nfoo[<|>]", "f(a[0])", '"f(a[0])"')
})

test("a closer that the suggestion does not need is cut where one stands", () => {
  checkChecked("//- /a.ts\nfoo(<|>) + b", "a) + c", '"a" closers')
})

test("a suggestion that goes on behind a closer the editor put there replaces it, if the client can", () => {
  checkChecked("//- /a.ts\nconst x = foo(<|>)", "a) + c", '"a) + c" >1')
  checkChecked("//- /a.ts\nconst x = foo(<|>);", "a) + c;", '"a) + c" >1 closers')
  checkChecked("//- /a.ts\nconst x = foo(<|>)", "a) + c", '"a" closers', { canReplaceAfter: false })
})

test("brackets stay as balanced as they are", () => {
  checkChecked(TS("  return <|>"), "a)", '"a" balance')
  checkChecked(TS("  return (<|>"), "a)", '"a)"')
  checkChecked(TS("  <|>"), "foo(a)\n  bar(", '"foo(a)" balance')
  checkChecked(TS("  <|>"), "if (a) {", '"if (a) {"')
  checkChecked(TS("  <|>"), "foo(a", "-balance")
  checkChecked(TS("  <|>"), "foo(a", '"foo(a"', { isWhole: false })
  checkChecked(TS("  <|>"), "return a\n}", '"return a" balance')
  checkChecked("//- /a.ts\nfunction f() {\n  <|>", "return 1\n}", '"return 1\\n}"')
})

test("whose syntax could not be checked is told", () => {
  const isUnverified = (fixture: string): boolean => {
    const checked = checkSuggestion("foo(a)", placeIn(fixture), FACTS)
    return checked.kind === "shown" && checked.isUnverified
  }
  expect([isUnverified(TS("  <|>")), isUnverified("//- /a.rb\n<|>\n")]).toEqual([false, true])
})

test("a text that repeats itself is cut or dropped", () => {
  checkChecked(TS("  <|>"), Array(9).fill("foo(a)").join("\n  "), '"foo(a)" repetition')
  checkChecked(TS("  return <|>"), Array(20).fill("a").join(" + "), "-repetition")
})

test("a suggestion ends before the line that already follows", () => {
  checkChecked("//- /a.ts\n<|>\nfunction next() {\n}", "log(1)\n\nfunction next() {", '"log(1)" balance')
  checkChecked("//- /a.py\n<|>\ndef g():\n    pass", "log(1)\n\ndef g():", '"log(1)" next-line')
  checkChecked(TS("  <|>\n  return a"), "return a", "-next-line")
})

test("what the user has just taken away is not brought back", () => {
  const edit = { path: "/a.ts", startLine: 1, before: "  return a + 1", after: "  return a" }
  checkChecked(TS("  return a<|>"), " + 1", "-undo", { recentEdits: [edit] })
  checkChecked(TS("  return a<|>"), " + 2", '" + 2"', { recentEdits: [edit] })
  const gone = { path: "/a.ts", startLine: 1, before: "  log(a)", after: "" }
  checkChecked(TS("  <|>"), "log(a)", "-undo", { recentEdits: [gone] })
})

test("a suggestion that breaks the syntax is dropped", () => {
  checkChecked(TS("  <|>"), "return return a", "-syntax")
  checkChecked(TS("  const b = <|>"), "a + 1", '"a + 1"')
  checkChecked("//- /a.py\ndef f(a):\n    <|>\n", "return a b", "-syntax")
  checkChecked("//- /a.go\npackage a\n\nfunc f(a int) int {\n\t<|>\n}\n", "return a a", "-syntax")
  checkChecked("//- /a.rs\nfn f(a: u8) -> u8 {\n    <|>\n}\n", "let = a;", "-syntax")
})

test("a suggestion that names what exists nowhere is lowered", () => {
  const exists = (name: string): boolean => name === "log"
  const facts = { exists }
  checkChecked(TS("  <|>"), "logg(a)", '"logg(a)" low', facts)
  checkChecked(TS("  <|>"), "log(a)", '"log(a)"', facts)
  checkChecked(TS("  lo<|>"), "gg(a)", '"gg(a)" low', facts)
  checkChecked(
    TS("  <|>"),
    "if (logg(a)) {\n    log(a)\n  }",
    '"if (logg(a)) {\\n    log(a)\\n  }" low',
    facts,
  )
  checkChecked(
    TS("  <|>"),
    "log(async ({ item, list: [first] }) => first + item)",
    '"log(async ({ item, list: [first] }) => first + item)"',
    facts,
  )
  checkChecked(TS("  <|>"), "const total = 1\n  log(total)", '"const total = 1\\n  log(total)"', facts)
  checkChecked(TS("  <|>"), "log(a.members.anything)", '"log(a.members.anything)"', facts)
  checkChecked(TS("  <|>"), "log({ anything: a })", '"log({ anything: a })"', facts)
  checkChecked(TS("  <|>"), "log((item, index) => item)", '"log((item, index) => item)"', facts)
  checkChecked(
    "//- /a.py\ndef f(a):\n    <|>\n",
    "for key, val in a:\n        log(key, val)",
    '"for key, val in a:\\n        log(key, val)"',
    facts,
  )
  checkChecked(
    "//- /a.go\npackage a\n\nfunc f(a int) int {\n\t<|>\n}\n",
    "err := log(a)",
    '"err := log(a)"',
    facts,
  )
  checkChecked(
    "//- /a.rs\nfn f(a: u8) -> u8 {\n    <|>\n}\n",
    "log(|item| item + other)",
    '"log(|item| item + other)" low',
    facts,
  )
})

test("secrets are restored where they come from and dropped elsewhere", () => {
  const redactions = new Redactions()
  const own = redactions.hide("password", "hunter2", "/a.ts")
  const other = redactions.hide("password", "swordfish", "/b.ts")
  checkChecked(TS("  const b = <|>"), `"${own}"`, '"\\"hunter2\\"" secrets', { redactions })
  checkChecked(TS("  const b = <|>"), `"${other}"`, "-secrets", { redactions })
  checkChecked(TS("  const key = <|>"), '"AKIAIOSFODNN7EXAMPLQ"', "-secrets")
})

test("what was rejected stays rejected, however much of it is typed and wherever it moves", () => {
  const shown = checkSuggestion("turn a + 1", placeIn(TS("  re<|>")), { ...FACTS, enclosing: "f" })
  const fingerprint = shown.kind === "shown" ? shown.fingerprint : ""
  const wasRejected = (other: string): boolean => other === fingerprint
  checkChecked(TS("\n\n  retu<|>"), "rn a + 1", "-rejected", { wasRejected, enclosing: "f" })
  checkChecked(TS("\n\n  retu<|>"), "rn a + 2", '"rn a + 2"', { wasRejected, enclosing: "f" })
  checkChecked(TS("\n\n  retu<|>"), "rn a + 1", '"rn a + 1"', { wasRejected, enclosing: "g" })
})

const BALANCED = fc.letrec<{ text: string }>(tie => ({
  text: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "b.c", "1", '"("', "'}'"),
    tie("text").map(inner => `f(${inner})`),
    tie("text").map(inner => `[${inner}]`),
    tie("text").map(inner => `() => {\n  ${inner}\n}`),
    fc.tuple(tie("text"), tie("text")).map(([one, two]) => `${one} + ${two}`),
  ),
})).text
const ANSWERS = fc
  .array(fc.oneof(BALANCED, fc.constantFrom("(", ")", "{", "}", "[", "]", "\n", "\n  ", ");", " ", "b")), {
    maxLength: 8,
  })
  .map(pieces => pieces.join(""))

/** Brackets that have no partner, in order. */
function lone(text: string): string {
  const { openers, closers } = loneBrackets(text, languages.byName("typescript")!.lexicon)
  return [...closers, ...openers].map(({ unit }) => unit).join("")
}

test("a suggestion that passes leaves balanced brackets balanced and never says the rest of the line again", () => {
  const property = fc.property(BALANCED, fc.nat(200), ANSWERS, (code, at, answer) => {
    const text = `const x = ${code}\n`
    const offset = Math.min(text.length - 1, at)
    const place = placeAt("/a.ts", text, offset)
    const checked = checkSuggestion(answer, place, FACTS)
    if (checked.kind === "dropped" || scopeOf(place) !== "code") return
    const rest = text.slice(offset + checked.replaceAfter)
    const after = text.slice(0, offset) + checked.text + rest
    const isStart = !checked.text.includes("\n") && /[([{]$/.test(checked.text.trimEnd())
    if (!isStart) expect(lone(after)).toBe("")
    const line = rest.slice(0, rest.indexOf("\n")).trim()
    if (line.length > 1 && lone(line) === "") expect(checked.text.endsWith(line)).toBe(false)
  })
  fc.assert(property, { numRuns: 500 })
})

test("nothing that comes takes long or throws", () => {
  const place = placeIn(TS("  <|>"))
  for (const text of [
    "",
    "\n",
    "x".repeat(5_000_000),
    "{".repeat(9000),
    "a\n".repeat(10_000),
    "<|".repeat(9000),
    "😀",
  ]) {
    expect(["shown", "dropped"]).toContain(checkSuggestion(text, place, FACTS).kind)
  }
})

test("lines in braces on one line leave the closing brace a line of its own", () => {
  const braces = "//- /a.ts\nif (a) {\n  function f() {<|>}\n}\n"
  const facts = { canReplaceAfter: false }
  checkChecked(braces, "\n    return 1\n  }", '"\\n    return 1\\n  " overlap balance', facts)
  checkChecked(braces, "\n    return 1", '"\\n    return 1\\n  "')
  checkChecked(braces, " return 1 ", '" return 1" fences')
  checkChecked("//- /a.ts\nfoo(() => {<|>})\n", "\n  bar()\n})", '"\\n  bar()\\n" overlap balance', facts)
})

test("what a language gives every program exists, known to the project or not", () => {
  const facts = { exists: () => false }
  checkChecked(TS("  <|>"), "return new Map(Object.keys(a))", '"return new Map(Object.keys(a))"', facts)
  checkChecked(PY_BODY, "return sorted(range(len(a)))", '"return sorted(range(len(a)))"', facts)
  checkChecked(
    "//- /a.go\npackage a\n\nfunc f(a []int) {\n\t<|>\n}\n",
    "panic(len(a))",
    '"panic(len(a))"',
    facts,
  )
  checkChecked("//- /a.rs\nfn f(a: u8) {\n    <|>\n}\n", "println!(a)", '"println!(a)"', facts)
})
