import fc from "fast-check"
import { expect, test } from "vitest"
import { DistinctIds } from "../../server/syntax/distinct-ids.ts"
import { UnitText } from "../../server/syntax/unit-text.ts"
import { WordTable } from "../../server/syntax/word-table.ts"

const ODD = ["__proto__", "constructor", "", "\0", "é", "变量", "😀", "\ud800", "\udc00x"]
const word = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 8 }))

test("equal words share an id, ids count up, and each word comes back as it was", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 80 }), words => {
      const table = new WordTable()
      const ids = new Map<string, number>()
      for (const each of words) {
        if (!ids.has(each)) ids.set(each, ids.size)
        expect(table.internText(each)).toBe(ids.get(each))
      }
      expect(table.size).toBe(ids.size)
      expect(table.length).toBe([...ids.keys()].join("").length)
      for (const [text, id] of ids) expect(table.text(id)).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test("a word is found where it stands in a text", () => {
  fc.assert(
    fc.property(word, word, word, (before, text, after) => {
      const table = new WordTable()
      const id = table.internText(text)
      const units = new UnitText().load(before + text + after)
      expect(table.intern(units, before.length, before.length + text.length)).toBe(id)
    }),
  )
})

test("many words and long ones are kept apart while the table grows", () => {
  const table = new WordTable()
  const words = Array.from({ length: 20_000 }, (_, at) => `word${at}${"x".repeat(at % 50)}`)
  expect(words.map(each => table.internText(each))).toEqual(words.map((_, at) => at))
  expect(words.every((each, at) => table.text(at) === each && table.internText(each) === at)).toBe(true)
})

test("units of a text are read over those of a longer one before", () => {
  const units = new UnitText()
  const long = "é".repeat(100_000)
  expect([...units.load(long).subarray(0, long.length)].every(unit => unit === 0xe9)).toBe(true)
  expect(String.fromCharCode(...units.load("a😀").subarray(0, 3))).toBe("a😀")
})

test("ids are told once per file", () => {
  const ids = new DistinctIds()
  for (const id of [5, 3, 5, 100_000, 3]) ids.add(id)
  expect([...ids.take()]).toEqual([5, 3, 100_000])
  for (let id = 1000; id > 0; id--) for (let again = 0; again < 2; again++) ids.add(id)
  expect(ids.take()).toEqual(Int32Array.from({ length: 1000 }, (_, at) => 1000 - at))
  expect([...ids.take()]).toEqual([])
})
