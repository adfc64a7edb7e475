import fc from "fast-check"
import { expect, test } from "vitest"
import { lowerBound } from "../../server/base/lower-bound.ts"

test("all values before the bound are below, none from it on", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 })),
      fc.integer({ min: -10, max: 10 }),
      (values, value) => {
        const column = Int32Array.from(values).sort()
        const bound = lowerBound(column, value)
        expect(column.subarray(0, bound).every(each => each < value)).toBe(true)
        expect(column.subarray(bound).every(each => each >= value)).toBe(true)
      },
    ),
  )
})
