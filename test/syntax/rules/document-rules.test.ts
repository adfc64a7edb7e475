import { createRequire } from "node:module"
import { join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { applyChange } from "../../../server/base/text-change.ts"
import { DocumentTree } from "../../../server/syntax/document-tree.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import type { DocumentRules } from "../../../server/syntax/rules/document-rules.ts"
import { RuleBook } from "../../../server/workspace/rule-book.ts"
import { languages, parserOf } from "../parsing.ts"

const book = new RuleBook(
  [join(import.meta.dirname, "../../../grammars")],
  createNativeParsers(createRequire(import.meta.url), strictLog()),
  strictLog(),
)

const SOURCES: Readonly<Record<string, string>> = {
  typescript: `import a from "a"\nconst fs = require("fs")\nasync function ok() { return 1 }\nexport class A {\n  m(x) { x = x; if (ok()) return; var y = 1; return y }\n  n() { return; this.m() }\n}\nif (a === NaN) { f(a && a) }\n`,
  python: `class A(B):\n    def m(self):\n        super(A, self).m()\n        return 1\n        f()\n\ndef g(a=[]):\n    a.append(1)\n\nif a:\n    f()\nelif a:\n    g()\n`,
  go: `package a\n\nfunc f(x interface{}) {\n\tx = x\n\treturn\n\tg()\n}\n\nvar b = c && c\n`,
}
const PIECES = [
  "x",
  " ",
  "\n",
  "{",
  "}",
  "(",
  "async ",
  "class B {",
  "if (a = 1) f()\n",
  "return\n",
  "/*",
  "😀",
  '"',
]

function rulesOf(language: string): DocumentRules {
  return book.forDocument(languages.byName(language)!)
}

function fresh(language: string, text: string): unknown {
  return rulesOf(language).run(parserOf(language).parse(text, null, 1000)!, text, () => false)
}

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    size: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(50)),
    piece: fc.constantFrom("", ...PIECES),
    asks: fc.boolean(),
  }),
  { maxLength: 12 },
)

test.each(Object.keys(SOURCES))("after any edits %s is read as if it had just been opened", language => {
  fc.assert(
    fc.property(edits, changes => {
      let text = SOURCES[language]!
      const tree = new DocumentTree(parserOf(language), parserOf(language), text)
      const rules = rulesOf(language)
      for (const { at, size, piece, asks } of changes) {
        const start = Math.floor(at * (text.length + 1))
        const change = { start, end: Math.min(text.length, start + size), text: piece }
        text = applyChange(text, change)
        tree.edit(change, text)
        if (asks) rules.run(tree.current(1000)!, text, () => false)
      }
      const now = tree.current(1000)!
      // An incremental parse may mend a broken text in another way.
      fc.pre(!now.hasErrors)
      expect(rules.run(now, text, () => false)).toEqual(fresh(language, text))
    }),
    { numRuns: 150 },
  )
})

test("a run that is cut short goes on where it stopped", () => {
  const text = SOURCES["typescript"]!
  const tree = parserOf("typescript").parse(text, null, 1000)!
  const rules = rulesOf("typescript")
  let calls = 0
  let found = null
  for (; found === null; calls++) {
    let steps = 0
    found = rules.run(tree, text, () => steps++ >= 2)
  }
  expect(calls).toBeGreaterThan(10)
  expect(found).toEqual(fresh("typescript", text))
})

test("nothing is found in a declaration with an error, and all in the others", () => {
  const found = fresh("typescript", "function f(a) { a = a; g(1 +) }\nfunction g(b) { b = b }\n") as {
    message: string
  }[]
  expect(found.map(({ message }) => message)).toEqual(["`b` is assigned to itself, which does nothing."])
})

test("a declaration of many pieces is read to its end, each place once", () => {
  const lines = Array.from({ length: 3000 }, (_, at) => `  a${at} = a${at}`)
  const found = fresh("typescript", `function f() {\n${lines.join("\n")}\n}\n`) as { rule: string }[]
  expect(found.filter(({ rule }) => rule === "self-assignment")).toHaveLength(3000)
})

test("a rule is found wherever the word that it needs stands in a long declaration", () => {
  const lines = Array.from({ length: 400 }, (_, at) =>
    at % 7 === 0 ? `  f(x === NaN${" ".repeat(at % 5)})` : `  f(${at})`,
  )
  const found = fresh("typescript", `function g(x) {\n${lines.join("\n")}\n}\n`) as { rule: string }[]
  expect(found.map(({ rule }) => rule)).toEqual(
    lines.filter(line => line.includes("NaN")).map(() => "nan-comparison"),
  )
})

test("an edit before the first export reads nothing again but the statement that it is in", () => {
  const before = `const a = 1\n${"function f(b) { b = b }\n".repeat(20)}export const c = 2\n`
  const tree = new DocumentTree(parserOf("typescript"), parserOf("typescript"), before)
  const rules = rulesOf("typescript")
  let steps = 0
  const run = (text: string): unknown => rules.run(tree.current(1000)!, text, () => steps++ < 0)
  run(before)
  const all = steps
  const change = { start: before.indexOf("1"), end: before.indexOf("1"), text: "1" }
  const after = applyChange(before, change)
  tree.edit(change, after)
  steps = 0
  expect(run(after)).toEqual(fresh("typescript", after))
  expect(steps).toBeLessThanOrEqual(all / 20)
})

test("an error that hides declarations takes only those findings that stand where it was made", () => {
  const before = "function f(a) { a = a }\nfunction g(b) { b = b }\nfunction h(c) { c = c }\n"
  const tree = new DocumentTree(parserOf("typescript"), parserOf("typescript"), before)
  const rules = rulesOf("typescript")
  rules.run(tree.current(1000)!, before, () => false)
  const at = before.indexOf("b = b")
  const change = { start: at, end: at, text: "if (b) {{ (" }
  const after = applyChange(before, change)
  tree.edit(change, after)
  const found = rules.run(tree.current(1000)!, after, () => false)!
  expect(found.map(({ start, end }) => after.slice(start, end))).toEqual(["a = a", "c = c"])
})
