import { expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { extractFacts } from "../../server/syntax/facts.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../server/syntax/symbols.ts"
import { Dictionary } from "../../server/workspace/dictionary.ts"
import { type Declarations, withGapsFilled } from "../../server/workspace/fill-gaps.ts"
import { parseFixture } from "../fixture.ts"
import { languages, parserOf } from "../syntax/parsing.ts"

/** The declarations of a text with gaps filled, `line name <- container: signature`. */
function checkFilled(source: string): string[] {
  const { text } = parseFixture(source).files[0]!
  const lines = LineIndex.of(text)
  const dictionary = new Dictionary()
  const tree = parserOf("typescript").parse(text, null, 10_000)!
  const { names, symbols, signatures } = extractFacts(text, tree, lines)
  for (let at = 0; at < symbols.length; at += SYMBOL_STRIDE)
    symbols[at] = dictionary.idOf(names[symbols[at]!]!)
  const parsed = { symbols, signatures: signatures.join("\n") }
  const rough = dictionary.scan({ text, lines, language: languages.byName("typescript") })
  return told(withGapsFilled(parsed, rough), dictionary.takeNew().words)
}

function told({ symbols, signatures }: Declarations, words: readonly string[]): string[] {
  const texts = signatures.split("\n")
  const cell = (row: number, column: number): number => symbols[row * SYMBOL_STRIDE + column]!
  const nameOf = (row: number): string => (row === -1 ? "" : ` <- ${words[cell(row, SymbolColumn.name)]}`)
  return texts.map(
    (text, row) =>
      `${cell(row, SymbolColumn.line)}${nameOf(row)}${nameOf(cell(row, SymbolColumn.container))}: ${text}`,
  )
}

// The grammar can't tell where one call signature ends if a comment stands before the next.
const BEYOND_GRAMMAR = `
  export interface Before {
    field: string
  }
  export const broken: {
    /** One. */
    <A>(self: A): A
    /** Two. */
    <B>(self: B): B
  } = function() {
    return 1
  }
  export interface After {
    field: string
  }
  export const last = 1
`

test("what follows a construct that the grammar does not know is found all the same", () => {
  const found = checkFilled(BEYOND_GRAMMAR)
  expect(found).toContain("0 <- Before: interface Before")
  expect(found).toContain("1 <- field <- Before: field: string")
  expect(found.some(each => each.startsWith("11 <- After"))).toBe(true)
  expect(found.some(each => each.startsWith("14 <- last"))).toBe(true)
  const lines = found.map(each => Number.parseInt(each, 10))
  expect(lines).toEqual([...lines].sort((a, b) => a - b))
})

test("nothing is added inside of what parsing understood, nor told twice", () => {
  const found = checkFilled(`
    class Whole {
      method() {
        const inner = 1
      }
    }
    const broken = = 1
    function later() {}
  `)
  expect(found).toEqual([
    "0 <- Whole: class Whole",
    "1 <- method <- Whole: method()",
    "5 <- broken: const broken = = 1",
    "6 <- later: function later()",
  ])
})

test("without anything missing the parsed declarations stay as they are", () => {
  const parsed = { symbols: new Int32Array(0), signatures: "" }
  expect(withGapsFilled(parsed, parsed)).toBe(parsed)
})
