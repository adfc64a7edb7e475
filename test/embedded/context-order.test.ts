import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  concreteCode,
  DEPTH,
  orderContexts,
  SEPARATOR,
  shapeCode,
} from "../../server/embedded/context-order.ts"
import { ContextRanges, lastOccurrence, nextBreak, sortBlock } from "../../server/embedded/token-block.ts"
import { packToken } from "../../server/syntax/token-pack.ts"

/** Streams of few distinct tokens, so that contexts repeat deeply; now and then a separator or a huge id. */
const token = fc.oneof(
  { weight: 20, arbitrary: fc.tuple(fc.nat(3), fc.nat(5)).map(([id, kind]) => packToken(id, false, kind)) },
  { weight: 1, arbitrary: fc.constant(SEPARATOR) },
  { weight: 1, arbitrary: fc.constant(packToken(1 << 26, false, 0)) },
)
const stream = fc
  .tuple(fc.array(token, { maxLength: 40 }), fc.nat(3))
  .map(([tokens, times]) => Int32Array.from(Array.from({ length: times + 1 }, () => tokens).flat()))

/** Compares two positions by the codes before them, nearest first; fewer tokens come first. */
function compareContexts(codes: Int32Array, a: number, b: number): number {
  for (let back = 1; back <= DEPTH; back++) {
    if (a < back || b < back) return a < back && b < back ? 0 : a < back ? -1 : 1
    const difference = codes[a - back]! - codes[b - back]!
    if (difference !== 0) return difference
  }
  return 0
}

describe("ordering positions by what stands before them", () => {
  test("is what comparing every pair gives", () => {
    fc.assert(
      fc.property(stream, tokens => {
        const codes = tokens.map(concreteCode)
        const order = orderContexts(tokens, concreteCode)
        expect([...order].sort((a, b) => a - b)).toEqual([...tokens.keys()])
        for (let i = 1; i < order.length; i++) {
          expect(compareContexts(codes, order[i - 1]!, order[i]!)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  test("lets every agreeing position be found, and no other", () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(token, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (tokens, query, shaped) => {
          const codeOf = shaped ? shapeCode : concreteCode
          const block = sortBlock(tokens)
          const nearestFirst = Int32Array.from(query, codeOf)
          const ranges = new ContextRanges()
          ranges.find(block, shaped, nearestFirst, nearestFirst.length)
          const order = shaped ? block.shape : block.concrete
          for (let depth = 1; depth <= query.length; depth++) {
            const agreeing = [...tokens.keys()].filter(position =>
              query.slice(0, depth).every((_, i) => {
                const before = tokens[position - 1 - i]
                return before !== undefined && codeOf(before) === nearestFirst[i]
              }),
            )
            const found =
              depth > ranges.depth
                ? []
                : [...order.subarray(ranges.low[depth], ranges.high[depth])].sort((a, b) => a - b)
            expect(found).toEqual(agreeing)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test("tokens know where they stood last and where their line ends", () => {
    const name = (id: number): number => packToken(id, false, 0)
    const lineBreak = packToken(9, false, 5)
    const tokens = Int32Array.of(name(1), name(2), name(1), lineBreak, name(2), SEPARATOR, name(2))
    const positions = [...tokens.keys()]
    expect(positions.map(at => lastOccurrence(tokens, at, 32))).toEqual([0, 0, 2, 0, 3, 0, 2])
    expect(positions.map(at => lastOccurrence(tokens, at, 2))).toEqual([0, 0, 2, 0, 0, 0, 2])
    expect(positions.map(at => nextBreak(tokens, at, 60))).toEqual([3, 2, 1, 0, -1, -1, -1])
    expect(positions.map(at => nextBreak(tokens, at, 1))).toEqual([-1, -1, 1, 0, -1, -1, -1])
  })
})
