import fc from "fast-check"
import { afterEach, describe, expect, test, vi } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { applyChange, type TextChange } from "../../server/base/text-change.ts"
import { DocumentTree } from "../../server/syntax/document-tree.ts"
import { extractFacts, type SyntaxFacts } from "../../server/syntax/facts.ts"
import { MAX_PARSED_LENGTH, type Parser, type SyntaxTree } from "../../server/syntax/parser.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../server/syntax/symbols.ts"
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

  constructor(parser: Parser, text: string, sectionParser: Parser = parser) {
    this.text = text
    this.tree = new DocumentTree(parser, sectionParser, text)
  }

  edit(change: TextChange): void {
    this.text = applyChange(this.text, change)
    this.tree.edit(change, this.text)
  }

  /** The facts after one stretch of parsing. */
  ask(): SyntaxFacts | null {
    return this.tree.facts(LineIndex.of(this.text))
  }

  /** The facts once parsing is done, and how many calls that took. */
  settle(): { facts: SyntaxFacts; calls: number } {
    let facts = this.ask()
    let calls = 1
    for (; this.tree.isPending; calls++) facts = this.ask()
    if (facts === null) throw new Error("the parse came to no end")
    return { facts, calls }
  }
}

/** A parser that comes to an end with a text in the second stretch only. */
function slowParser(language: string): Parser {
  const real = parserOf(language)
  let begun: string | null = null
  return {
    parse: (text, previous) => {
      if (begun === text) return real.parse(text, previous, 10_000)
      begun = text
      return null
    },
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
    next: fc.constantFrom("edit", "ask", "settle"),
  }),
  { maxLength: 8 },
)

/** Every row is within the text, with its name within it, and its container before it. */
function checkPlaces({ symbols, names }: SyntaxFacts, text: string): void {
  expect(symbols.length).toBe(names.length * SYMBOL_STRIDE)
  names.forEach((_, row) => {
    const [, , start, end, nameStart, container] = symbols.subarray(row * SYMBOL_STRIDE)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(nameStart).toBeGreaterThanOrEqual(start!)
    expect(end).toBeGreaterThanOrEqual(nameStart!)
    expect(text.length).toBeGreaterThanOrEqual(end!)
    expect(container).toBeLessThan(row)
  })
}

/** Each symbol as what stands in the text where its name should be. */
function namesInPlace({ symbols, names }: SyntaxFacts, text: string): string[] {
  return names.map((name, row) => {
    const start = symbols[row * SYMBOL_STRIDE + SymbolColumn.nameStart]!
    return text.slice(start, start + name.length)
  })
}

/** Lets every stretch of reading end with its first statement. */
function hurryClock(): void {
  let now = 0
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 100
    return now
  })
}

afterEach(() => vi.restoreAllMocks())

test.each(Object.keys(SOURCES))(
  "after any edits the facts of %s are those of a whole walk, in one stretch or many",
  language => {
    hurryClock()
    const parser = parserOf(language)
    fc.assert(
      fc.property(edits, changes => {
        const document = new Edited(slowParser(language), SOURCES[language]!, parserOf(language))
        document.settle()
        for (const { at, size, piece, next } of changes) {
          document.edit(changeAt(document.text, at, size, piece))
          if (next === "ask") checkPlaces(document.ask()!, document.text)
          if (next === "settle") document.settle()
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
  },
)

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

const THREE =
  "import a from 'a'\nexport class A { m() {} }\nfunction f() { g() }\nclass B { n() {} }\nexport { f }\n"

/** `THREE`, settled, with a section parser that counts. */
function threeStatements(): { document: Edited; sections: string[] } {
  const real = parserOf("typescript")
  const sections: string[] = []
  const sectionParser: Parser = {
    parse: (text, previous, budgetMs) => {
      sections.push(text)
      return real.parse(text, previous, budgetMs)
    },
  }
  const document = new Edited(slowParser("typescript"), THREE, sectionParser)
  document.settle()
  return { document, sections }
}

/** Types `text` behind the first `behind`. */
function type(document: Edited, behind: string, text: string): void {
  const at = document.text.indexOf(behind) + behind.length
  document.edit({ start: at, end: at, text })
}

describe("while the parse is pending, facts", () => {
  test("are read anew in the statement that was edited, and moved behind it", () => {
    const { document, sections } = threeStatements()
    type(document, "function f", "irst(a) {}\n\nfunction other")
    const facts = document.ask()!
    expect(document.tree.isPending).toBe(true)
    expect(sections).toEqual(["function first(a) {}\n\nfunction other() { g() }\n"])
    expect(facts).toEqual(document.settle().facts)
    expect(document.tree.isPending).toBe(false)
    expect(facts.names).toEqual(["A", "m", "first", "other", "B", "n"])
  })
  test("of other statements stay what they were when the edit breaks the code", () => {
    const { document } = threeStatements()
    type(document, "function f", "0() { if (`")
    const facts = document.ask()!
    expect(facts.names).toEqual(expect.arrayContaining(["A", "m", "B", "n"]))
    expect(facts.imports).toHaveLength(1)
    expect(namesInPlace(facts, document.text)).toEqual(facts.names)
  })
  test("keep to the statements there were before the code was broken", () => {
    const { document, sections } = threeStatements()
    type(document, "function f() {", " {")
    document.settle()
    type(document, "class B", "b")
    const facts = document.ask()!
    expect(sections.at(-1)).toBe("class Bb { n() {} }\n")
    expect(facts.names).toEqual(expect.arrayContaining(["A", "m", "Bb", "n"]))
    expect(namesInPlace(facts, document.text)).toEqual(facts.names)
    type(document, "{ { g() }", " }")
    document.settle()
    type(document, "class Bb", "b")
    expect(document.ask()).toEqual(document.settle().facts)
  })
  test("are made once for one text", () => {
    const real = parserOf("typescript")
    let isOpen = true
    const parser: Parser = { parse: (text, previous) => (isOpen ? real.parse(text, previous, 10_000) : null) }
    const document = new Edited(parser, THREE, real)
    document.settle()
    isOpen = false
    type(document, "class B", "b")
    const facts = document.ask()
    expect(facts?.names).toContain("Bb")
    expect(document.ask()).toBe(facts)
    type(document, "class B", "b")
    expect(document.ask()?.names).toContain("Bbb")
  })
  test("are only moved in a statement too long to read by the way", () => {
    const { document, sections } = threeStatements()
    type(document, "class A { ", `k = "${"x".repeat(40_000)}"; `)
    const facts = document.ask()!
    expect(sections).toEqual([])
    expect(facts.names).toEqual(["A", "m", "f", "B", "n"])
    expect(namesInPlace(facts, document.text)).toEqual(facts.names)
    expect(document.settle().facts.names).toEqual(["A", "k", "m", "f", "B", "n"])
  })
  test("do without the names that were deleted", () => {
    const { document } = threeStatements()
    const start = document.text.indexOf("m()")
    document.edit({ start, end: document.text.indexOf("class B"), text: "" })
    expect(document.ask()!.names).not.toContain("f")
  })
  test("are none before the first parse is done", () => {
    const document = new Edited(slowParser("typescript"), THREE)
    expect(document.ask()).toBeNull()
    expect(document.settle().facts.names).toHaveLength(5)
  })
})
