import fc from "fast-check"
import { expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { applyChange, type TextChange } from "../../server/base/text-change.ts"
import { DocumentTree } from "../../server/syntax/document-tree.ts"
import { extractFacts, type SyntaxFacts } from "../../server/syntax/facts.ts"
import { MAX_PARSED_LENGTH, type Parser, type SyntaxTree } from "../../server/syntax/parser.ts"
import { parserOf } from "./parsing.ts"

const SOURCES: Readonly<Record<string, string>> = {
  typescript: `import { a } from "./a"\r\nexport class Größe {\r\n  label = "😀"\r\n  area(): number { return 1 }\r\n}\r\nexport const one = 1, two = () => {}\r\n/* 😀 */ function f() { function g() {} }\r\nexport { f }\r\n`,
  python: `import os\n\nclass A:\n    x = "😀"\n\n    def m(self):\n        return 1\n\n\ndef f():\n    pass\n`,
  css: `@import "a.css";\n.a, #b { color: red }\n@media print { .c { top: 0 } }\n`,
}
const PIECES = [
  "{",
  "}",
  "(",
  '"',
  "`",
  "/*",
  "*/",
  "//",
  "\n",
  "\r\n",
  "\r",
  "😀",
  "class B {",
  "  ",
  "def g():\n",
  "x",
  ";",
]

/** A document whose text the test knows too. */
class Edited {
  text: string
  readonly tree: DocumentTree

  constructor(parser: Parser, text: string) {
    this.text = text
    this.tree = new DocumentTree(parser, text)
  }

  edit(change: TextChange): void {
    this.text = applyChange(this.text, change)
    this.tree.edit(change, this.text)
  }

  /** The facts once parsing is done, and how many calls that took. */
  settle(): { facts: SyntaxFacts; calls: number } {
    for (let calls = 1; this.tree.isPending || calls === 1; calls++) {
      const facts = this.tree.facts(LineIndex.of(this.text))
      if (facts !== null) return { facts, calls }
    }
    throw new Error("the parse came to no end")
  }
}

/** A change somewhere in the text, as large as `size` units at most. */
function changeAt(text: string, at: number, size: number, piece: string): TextChange {
  const start = Math.floor(at * (text.length + 1))
  return { start, end: Math.min(text.length, start + size), text: piece }
}

function shapeOf(tree: SyntaxTree): string {
  const cursor = tree.walk()
  const shape: string[] = []
  const visit = (): void => {
    shape.push(`${cursor.nodeType} ${cursor.startIndex} ${cursor.endIndex}`)
    if (!cursor.gotoFirstChild()) return
    do visit()
    while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }
  visit()
  return shape.join("\n")
}

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    size: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
    piece: fc.oneof(fc.constantFrom("", ...PIECES), fc.string({ maxLength: 3 })),
    ask: fc.boolean(),
  }),
  { maxLength: 8 },
)

test.each(Object.keys(SOURCES))("after any edits the facts of %s are those of a whole walk", language => {
  const parser = parserOf(language)
  fc.assert(
    fc.property(edits, changes => {
      const document = new Edited(parserOf(language), SOURCES[language]!)
      document.settle()
      for (const { at, size, piece, ask } of changes) {
        document.edit(changeAt(document.text, at, size, piece))
        if (ask) document.settle()
      }
      const { facts } = document.settle()
      const tree = document.tree.current()!
      expect(facts).toEqual(extractFacts(document.text, tree))
      const fresh = parser.parse(document.text, null, 1000)!
      const shape = shapeOf(fresh)
      // Recovery from errors may differ; correct code has one tree.
      if (!/^(ERROR|.* (\d+) \2$)/m.test(shape)) expect(shapeOf(tree)).toBe(shape)
      document.tree.release()
      fresh.release()
    }),
    { numRuns: 200 },
  )
})

test("a parse cut short goes on, and never mixes two texts", () => {
  const real = parserOf("typescript")
  const hurried: Parser = { parse: (text, previous) => real.parse(text, previous, 0.2) }
  const functions = Array.from(
    { length: 2000 },
    (_, n) => `export function f${n}(a: number) { return a * ${n} }`,
  )
  const document = new Edited(hurried, functions.join("\n"))
  expect(document.tree.current()).toBeNull()
  document.edit({ start: 0, end: functions[0]!.length, text: "const first = 1" })
  expect(document.tree.current()).toBeNull()
  const { facts, calls } = document.settle()
  expect(calls).toBeGreaterThan(1)
  expect(facts.names.slice(0, 2)).toEqual(["first", "f1"])
  expect(facts).toEqual(extractFacts(document.text, real.parse(document.text, null, 10_000)!))
})

test("a text that is too long has no tree", () => {
  const document = new Edited(parserOf("typescript"), `const a = "${"x".repeat(MAX_PARSED_LENGTH)}"`)
  expect(document.tree.isPending).toBe(false)
  expect(document.tree.current()).toBeNull()
  document.edit({ start: 0, end: 100_000, text: "const b = '" })
  expect(document.tree.isPending).toBe(true)
})

test("a released document can be asked again", () => {
  const document = new Edited(parserOf("css"), ".a {}")
  document.settle()
  document.tree.release()
  expect(document.settle().facts.names).toEqual([".a"])
})
