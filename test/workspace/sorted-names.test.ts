import fc from "fast-check"
import { expect, test } from "vitest"
import { fuzzyScore } from "../../server/workspace/fuzzy-score.ts"
import { SortedNames } from "../../server/workspace/sorted-names.ts"

/** Short words over few letters, so that prefixes and repeats are common. */
const word = fc.string({ unit: fc.constantFrom("a", "b", "B", "_", "1", "ü", "😀"), maxLength: 5 })

test("names come in order, whatever was added and removed", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.boolean())), word, (steps, prefix) => {
      const names = new SortedNames()
      const model = new Map<string, number>()
      steps.forEach(([text, adds], id) => {
        if (adds && !model.has(text)) {
          names.add(text, id)
          model.set(text, id)
        } else if (!adds && model.delete(text)) names.remove(text)
      })
      const expected = [...model.keys()].filter(text => text.startsWith(prefix)).sort()
      expect([...names.startingWith(prefix)]).toEqual(expected.map(text => model.get(text)))
    }),
  )
})

test("order holds over many chunks", () => {
  const names = new SortedNames()
  const texts = Array.from({ length: 5000 }, (_, id) => `n${(id * 7919) % 5000}`)
  texts.forEach((text, id) => {
    names.add(text, id)
  })
  for (const text of texts.filter((_, id) => id % 3 === 0)) names.remove(text)
  const left = texts.filter((_, id) => id % 3 !== 0)
  const found = [...names.startingWith("n1")].map(id => texts[id])
  expect(found).toEqual(left.filter(text => text.startsWith("n1")).sort())
})

test("all names that may score enough are visited", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "B", "_", "1"), maxLength: 3 })
  fc.assert(
    fc.property(fc.uniqueArray(word), pattern, fc.integer({ min: -2, max: 30 }), (texts, typed, floor) => {
      const names = new SortedNames()
      for (const [id, text] of texts.entries()) names.add(text, id)
      const visited: string[] = []
      names.matching(typed, text => {
        visited.push(text)
        return floor
      })
      const scored = texts.filter(text => (fuzzyScore(typed, text) ?? -Infinity) > floor)
      expect(visited).toEqual(expect.arrayContaining(scored))
    }),
  )
})

test("names that lack a letter, or can't score enough, are not visited", () => {
  const names = new SortedNames()
  for (const [id, text] of ["getUser", "setUser", "gUs", "argus", "other"].entries()) names.add(text, id)
  const visited: string[] = []
  const floor = fuzzyScore("GUS", "gUs")! - 1
  names.matching("GUS", text => {
    visited.push(text)
    return floor
  })
  expect(visited).toEqual(["argus", "gUs"])
})
