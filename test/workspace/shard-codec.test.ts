import fc from "fast-check"
import { expect, test } from "vitest"
import { SYMBOL_STRIDE } from "../../server/syntax/symbols.ts"
import {
  decodeBatch,
  encodeBatch,
  type FileReport,
  type ReportBatch,
  type ReportedFacts,
} from "../../server/workspace/shard-codec.ts"

const text = fc.string({ unit: "binary" })
const count = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const column = fc.int32Array({ maxLength: 40 })
const facts: fc.Arbitrary<ReportedFacts> = fc.record({
  language: fc.option(text),
  hash: text,
  rough: fc.boolean(),
  bytes: count,
  lines: count,
  symbols: fc.int32Array({ maxLength: 5 * SYMBOL_STRIDE }),
  signatures: text,
  imports: fc.array(
    fc.record({
      source: text,
      names: fc.array(fc.record({ name: text, as: text }), { maxLength: 3 }),
      start: count,
      end: count,
      reexport: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  words: fc.option(column),
})
const mtimeMs = fc.maxSafeNat()
const tokens = fc.option(column)
const report: fc.Arbitrary<FileReport> = fc.oneof(
  fc.record({
    path: text,
    outcome: fc.constantFrom("facts" as const, "unparsed" as const),
    mtimeMs,
    facts,
    tokens,
  }),
  fc.record({
    path: text,
    outcome: fc.constantFrom("same" as const, "none" as const, "folder" as const),
    mtimeMs,
    facts: fc.constant(null),
    tokens,
  }),
)
const batch: fc.Arbitrary<ReportBatch> = fc.record({
  dictionary: count,
  firstWord: count,
  words: fc.array(text),
  reports: fc.array(report),
})

test("a batch comes out as it went in", () => {
  fc.assert(
    fc.property(batch, given => {
      expect(decodeBatch(encodeBatch(given))).toEqual(given)
    }),
  )
})

test("a batch that was cut short or garbled gives a RangeError or another batch, nothing else", () => {
  fc.assert(
    fc.property(batch, fc.nat(), fc.integer(), (given, at, value) => {
      const { ints, text } = encodeBatch(given)
      const garbled = ints.slice()
      garbled[at % ints.length] = value % 1000
      for (const encoded of [
        { ints: ints.slice(0, at % ints.length), text },
        { ints: garbled, text },
      ]) {
        try {
          decodeBatch(encoded)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }
    }),
  )
})
