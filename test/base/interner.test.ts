import { expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"

test("equal strings share an id and ids count up from zero", () => {
  const interner = new Interner()
  expect(["a", "b", "a", "__proto__", "constructor"].map(text => interner.intern(text))).toEqual([
    0, 1, 0, 2, 3,
  ])
  expect(interner.size).toBe(4)
  expect(interner.text(2)).toBe("__proto__")
})

test("a string that was never interned has no id", () => {
  const interner = new Interner()
  expect(interner.find("toString")).toBe(-1)
  expect(() => interner.text(0)).toThrow(RangeError)
})
