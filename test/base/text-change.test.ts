import fc from "fast-check"
import { expect, test } from "vitest"
import { applyChange, changeBetween } from "../../server/base/text-change.ts"

const text = fc
  .array(fc.constantFrom("a", "b", "\n", "😀", "😁", "é"), { maxLength: 20 })
  .map(parts => parts.join(""))

test("the change between two texts turns the one into the other", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = changeBetween(before, after)
      expect(change === null ? before : applyChange(before, change)).toBe(after)
    }),
    { numRuns: 2000 },
  )
})

test("equal texts have no change between them", () => {
  expect(changeBetween("same", "same")).toBeNull()
})

test("a change never splits a surrogate pair", () => {
  // 😀 and 😁 share their first code unit.
  expect(changeBetween("x😀y", "x😁y")).toEqual({ start: 1, end: 3, text: "😁" })
})

test("a change outside the text is refused", () => {
  expect(() => applyChange("abc", { start: 2, end: 9, text: "" })).toThrow(RangeError)
  expect(() => applyChange("abc", { start: 2, end: 1, text: "" })).toThrow(RangeError)
})

test("the change between long texts is as small as between short ones", () => {
  const long = "0123456789".repeat(1000)
  expect(changeBetween(`${long}a${long}`, `${long}b${long}`)).toEqual({
    start: 10_000,
    end: 10_001,
    text: "b",
  })
  expect(changeBetween(long + long, long)).toEqual({ start: 10_000, end: 20_000, text: "" })
})
