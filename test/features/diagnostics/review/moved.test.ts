import fc from "fast-check"
import { expect, test } from "vitest"
import { applyChange } from "../../../../server/base/text-change.ts"
import { moved } from "../../../../server/features/diagnostics/review/moved.ts"

const SMALL = fc.array(fc.constantFrom("a", "\n", "b"), { maxLength: 6 }).map(parts => parts.join(""))

test("whatever is changed, a stretch that is still known says what it said", () => {
  const numbers = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat())
  fc.assert(
    fc.property(SMALL, SMALL, numbers, (text, inserted, [a, b, c, d]) => {
      const within = (one: number, other: number): { start: number; end: number } => {
        const [start, end] = [one, other].map(each => each % (text.length + 1)).sort((x, y) => x - y)
        return { start: start!, end: end! }
      }
      const stretch = within(a, b)
      const change = { ...within(c, d), text: inserted }
      const after = moved(stretch, change)
      if (after === null) return
      const now = applyChange(text, change)
      expect(now.slice(after.start, after.end)).toBe(text.slice(stretch.start, stretch.end))
    }),
  )
})

test("lines above and below leave a stretch alone, what is typed at its ends does not", () => {
  const stretch = { start: 4, end: 8 }
  expect(moved(stretch, { start: 4, end: 4, text: "a\n" })).toEqual({ start: 6, end: 10 })
  expect(moved(stretch, { start: 8, end: 8, text: "\na" })).toEqual(stretch)
  expect(moved(stretch, { start: 0, end: 3, text: "" })).toEqual({ start: 1, end: 5 })
  for (const start of [4, 6, 8]) expect(moved(stretch, { start, end: start, text: "a" })).toBe(null)
  expect(moved(stretch, { start: 3, end: 4, text: "" })).toBe(null)
})
