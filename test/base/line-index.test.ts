import fc from "fast-check"
import { expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { applyChange } from "../../server/base/text-change.ts"

function startsOf(index: LineIndex): number[] {
  return Array.from({ length: index.count }, (_, line) => index.startOf(line))
}

test("lines end at \\n, \\r\\n and a lone \\r", () => {
  expect(startsOf(LineIndex.of("a\nb\r\nc\rd"))).toEqual([0, 2, 5, 7])
})

test("an empty text has one line", () => {
  expect(LineIndex.of("").count).toBe(1)
})

test("a line past the end starts at the end of the text, and offsets outside are clamped", () => {
  const index = LineIndex.of("ab\ncd")
  expect(index.startOf(7)).toBe(5)
  expect(index.startOf(-1)).toBe(0)
  expect(index.lineAt(99)).toBe(1)
  expect(index.lineAt(-3)).toBe(0)
})

const lineText = fc
  .array(fc.constantFrom("a", "\n", "\r", "\r\n", "😀", "字"), { maxLength: 40 })
  .map(parts => parts.join(""))

test("the index after any edit is the index of the edited text", () => {
  fc.assert(
    fc.property(lineText, lineText, fc.nat(), fc.nat(), (before, inserted, a, b) => {
      const [start, end] = [a % (before.length + 1), b % (before.length + 1)].sort((x, y) => x - y) as [
        number,
        number,
      ]
      const change = { start, end, text: inserted }
      const after = applyChange(before, change)
      expect(startsOf(LineIndex.of(before).edited(change, after))).toEqual(startsOf(LineIndex.of(after)))
    }),
    { numRuns: 2000 },
  )
})

test("every offset lies on the line that starts at or before it", () => {
  fc.assert(
    fc.property(lineText, fc.nat(), (text, n) => {
      const index = LineIndex.of(text)
      const offset = n % (text.length + 1)
      const line = index.lineAt(offset)
      expect(index.startOf(line)).toBeLessThanOrEqual(offset)
      if (line + 1 < index.count) expect(index.startOf(line + 1)).toBeGreaterThan(offset)
    }),
  )
})
