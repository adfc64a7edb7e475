import fc from "fast-check"
import { expect, test } from "vitest"
import { FileText } from "../../server/context/file-texts.ts"

const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ["alpha", 1],
  ["größe", 10],
  ["$x", 100],
  ["nowhere", 1000],
])

/** Lines of words, with names among them that only begin like those that are weighed. */
const line = fc
  .array(fc.constantFrom("alpha", "größe", "$x", "alphabet", "x", "1alpha", "=", ""), { maxLength: 3 })
  .map(words => words.join(" "))

test("a window weighs what the names in it weigh, each counted once", () => {
  const seen = new Set<number>()
  fc.assert(
    fc.property(fc.array(line, { maxLength: 70, size: "max" }), lines => {
      const file = new FileText(lines.join("\n"))
      const sums = Array.from(file.weigh(WEIGHTS))
      const expected = sums.map((_, place) => {
        const { words } = file.window(place)
        return [...WEIGHTS].reduce((sum, [name, weight]) => sum + (words.has(name) ? weight : 0), 0)
      })
      expect(sums).toEqual(expected)
      seen.add(sums.length)
    }),
    { numRuns: 300 },
  )
  expect(seen.size).toBeGreaterThan(3)
})

test("the last window reaches to the end of the text", () => {
  const lines = Array.from({ length: 45 }, (_, at) => (at === 44 ? "alpha" : "other"))
  expect(Array.from(new FileText(lines.join("\n")).weigh(WEIGHTS))).toEqual([0, 0, 0, 1])
})
