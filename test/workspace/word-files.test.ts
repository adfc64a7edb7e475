import fc from "fast-check"
import { expect, test } from "vitest"
import { TimeSlice } from "../../server/base/time-slice.ts"
import { WordFiles } from "../../server/workspace/word-files.ts"

/** Shards by id, with their words. */
class Shards {
  readonly byId: Map<number, Int32Array> = new Map()
  readonly files: WordFiles = new WordFiles(id => this.byId.get(id) ?? null)

  put(id: number, words: readonly number[]): void {
    const old = this.byId.get(id)
    this.byId.delete(id)
    if (old !== undefined) this.files.remove(id, old)
    if (words.length === 0) return
    const sorted = Int32Array.from(new Set(words)).sort()
    this.byId.set(id, sorted)
    this.files.add(id, sorted)
  }

  with(word: number): number[] {
    const found: number[] = []
    this.files.each(word, id => found.push(id) > 0)
    return found.sort((a, b) => a - b)
  }
}

/** A slice that is always used up: every look at the clock is a pause. */
function shortest(): TimeSlice {
  return new TimeSlice(0)
}

/** More shards than are looked at one by one. */
function many(from: number): Shards {
  const shards = new Shards()
  for (let id = 0; id < 700; id++) shards.put(id, [from + (id % 7), 100_000 + id])
  return shards
}

test("what changes while the table is built is not lost", async () => {
  const shards = many(0)
  const merged = shards.files.merge(shortest(), false)
  shards.put(3, [5])
  shards.put(700, [3])
  shards.put(10, [])
  await merged
  expect(shards.with(3)).not.toContain(3)
  expect(shards.with(3)).not.toContain(10)
  expect(shards.with(3)).toContain(700)
  expect(shards.with(5)).toContain(3)
  expect([shards.files.countOf(3), shards.files.countOf(100_010)]).toEqual([shards.with(3).length, 0])
})

test("one table is built at a time", async () => {
  const shards = many(0)
  const first = shards.files.merge(shortest(), false)
  await shards.files.merge(shortest(), true)
  shards.put(1, [6])
  await first
  expect(shards.with(6)).toContain(1)
})

test("ids of words and shards may be large", async () => {
  const shards = new Shards()
  for (let id = 66_000; id < 66_020; id++) shards.put(id, [1_000_000])
  await shards.files.merge(shortest(), true)
  expect(shards.with(1_000_000)).toEqual([...shards.byId.keys()])
})

const words = fc.array(fc.nat(5), { maxLength: 4 })
const step = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), id: fc.nat(30), words }),
  fc.record({ kind: fc.constant("merge" as const) }),
)

test("after any changes and merges the answers are those of the words as they stand", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async steps => {
      const shards = new Shards()
      const merges: Promise<void>[] = []
      for (const each of steps) {
        if (each.kind === "put") shards.put(each.id, each.words)
        else merges.push(shards.files.merge(shortest(), true))
        for (let word = 0; word <= 5; word++) {
          const holding = [...shards.byId].filter(([, own]) => own.includes(word)).map(([id]) => id)
          expect(shards.with(word)).toEqual(holding.sort((a, b) => a - b))
          expect(shards.files.countOf(word)).toBe(holding.length)
        }
      }
      await Promise.all(merges)
      const sums = shards.files.sums(
        new Map([
          [1, 1],
          [2, 10],
        ]),
      )
      const expected = [...shards.byId].flatMap(([id, own]) => {
        const sum = Number(own.includes(1)) + 10 * Number(own.includes(2))
        return sum === 0 ? [] : [[id, sum] as const]
      })
      expect([...sums.entries()].filter(([, sum]) => sum !== 0)).toEqual(expected.sort((a, b) => a[0] - b[0]))
    }),
    { numRuns: 200 },
  )
})
