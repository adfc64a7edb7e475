import fc from "fast-check"
import { expect, test } from "vitest"
import { documentWindow } from "../../server/context/document-window.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import { parseFixture } from "../fixture.ts"

/** One token per unit, so that a budget is a length. */
const countTokens = (text: string): number => text.length

function windowOf(text: string, offset: number, budget: number): string {
  const document = openSnapshot({ uri: "file:///a.ts", path: "/a.ts", language: null, version: 1, text })
  const { start, end } = documentWindow(document, offset, budget, countTokens)
  return `${text.slice(start, offset)}|${text.slice(offset, end)}`
}

function checkWindow(source: string, budget: number): string {
  const [file] = parseFixture(source).files
  return windowOf(file!.text, file!.cursors[0]!, budget)
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const LINES = "a\nb\nc\nd\ne\nf<|>\ng\nh\ni\n"

test("a document that fits is shown whole", () => {
  expect(checkWindow(LINES, 100)).toBe("a\nb\nc\nd\ne\nf|\ng\nh\ni\n")
})

test("of a longer one the lines around the cursor are shown, more of them before it", () => {
  expect(checkWindow(LINES, 10)).toBe("c\nd\ne\nf|\ng\n")
})

test("the cursor's line is shown however small the budget", () => {
  expect(checkWindow(LINES, 0)).toBe("f|\n")
})

test("of a very long line only what is near the cursor is shown, and no half of a character", () => {
  const shown = windowOf("😀".repeat(10_000), 10_000, 100)
  expect(shown.length).toBeLessThan(8_100)
  expect(shown).not.toMatch(LONE_SURROGATE)
})

test("a window never costs more than its budget, the cursor's line apart, and holds the cursor", () => {
  const line = fc.constantFrom("", "x", "long line", "é", "\r")
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.nat(300), fc.nat(120), (lines, at, budget) => {
      const text = lines.join("\n")
      const offset = Math.min(at, text.length)
      const document = openSnapshot({ uri: "u", path: null, language: null, version: 1, text })
      const { start, end, startLine, endLine } = documentWindow(document, offset, budget, countTokens)
      const own = document.lines.lineAt(offset)
      const ownLength = document.lines.startOf(own + 1) - document.lines.startOf(own)
      expect(end - start).toBeLessThanOrEqual(Math.max(budget, ownLength))
      expect(start).toBeLessThanOrEqual(offset)
      expect(end).toBeGreaterThanOrEqual(offset)
      expect([document.lines.startOf(startLine), document.lines.startOf(endLine)]).toEqual([start, end])
    }),
  )
})
