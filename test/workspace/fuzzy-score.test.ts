import fc from "fast-check"
import { expect, test } from "vitest"
import { fuzzyScore } from "../../server/workspace/fuzzy-score.ts"

function checkBetter(pattern: string, better: string, worse: string): void {
  expect(fuzzyScore(pattern, better)).toBeGreaterThan(fuzzyScore(pattern, worse)!)
}

test("starts of words, runs, the same case and short names count more", () => {
  checkBetter("gu", "getUser", "argument")
  checkBetter("sn", "snake_name", "basin")
  checkBetter("sn", "s_name", "sxxname")
  checkBetter("user", "userName", "useSendRoute")
  checkBetter("Map", "Map", "map")
  checkBetter("map", "map", "mapAllOfThem")
})

test("a later start of a word is found behind an earlier letter", () => {
  checkBetter("fb", "fileIsBlob", "fabric")
})

test("a name matches exactly when it holds the pattern as a subsequence in any case", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "_", "1", "ü"), maxLength: 8 })
  const letters = (value: string): string[] => [...value.replace(/[A-Z]/g, letter => letter.toLowerCase())]
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      const left = letters(pattern)
      for (const letter of letters(name)) if (letter === left[0]) left.shift()
      expect(fuzzyScore(pattern, name) !== null).toBe(left.length === 0)
    }),
  )
})
