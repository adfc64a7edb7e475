import fc from "fast-check"
import { expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { type Encoding, offsetAt, positionAt } from "../../server/protocol/convert.ts"

const ENCODINGS: readonly Encoding[] = ["utf-8", "utf-16", "utf-32"]

const piece = fc.constantFrom(
  "a",
  "_x1",
  "é",
  "漢字",
  "😀",
  "👩‍👩‍👧",
  "\u0301",
  "\n",
  "\r\n",
  "\r",
  "\t",
  " ",
  "\u2028",
)
const text = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(""))

const document = (source: string): { text: string; lines: LineIndex } => ({
  text: source,
  lines: LineIndex.of(source),
})

/** Whether an offset stands between whole characters and not inside a line break. */
function isBoundary(source: string, offset: number): boolean {
  const before = source.charCodeAt(offset - 1)
  const after = source.charCodeAt(offset)
  const insidePair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
  return !insidePair && !(before === 13 && after === 10)
}

/** The width of a string by the platform's own encoders. */
function width(part: string, encoding: Encoding): number {
  if (encoding === "utf-8") return Buffer.byteLength(part)
  return encoding === "utf-16" ? part.length : [...part].length
}

test("an offset survives the way to a position and back, in every encoding", () => {
  fc.assert(
    fc.property(text, fc.nat(), (source, seed) => {
      const offset = seed % (source.length + 1)
      fc.pre(isBoundary(source, offset))
      for (const encoding of ENCODINGS) {
        const position = positionAt(document(source), offset, encoding)
        expect(offsetAt(document(source), position, encoding)).toBe(offset)
      }
    }),
    { numRuns: 400 },
  )
})

test("a position counts what the platform's encoders count", () => {
  fc.assert(
    fc.property(text, fc.nat(), (source, seed) => {
      const offset = seed % (source.length + 1)
      fc.pre(isBoundary(source, offset))
      const lines = source.slice(0, offset).split(/\r\n|\n|\r/)
      for (const encoding of ENCODINGS) {
        const expected = { line: lines.length - 1, character: width(lines.at(-1)!, encoding) }
        expect(positionAt(document(source), offset, encoding)).toEqual(expected)
      }
    }),
    { numRuns: 400 },
  )
})

test("any position, however wrong, gives an offset inside its line", () => {
  const position = fc.record({
    line: fc.integer({ min: -2, max: 60 }),
    character: fc.integer({ min: -2, max: 200 }),
  })
  fc.assert(
    fc.property(text, position, (source, wrong) => {
      for (const encoding of ENCODINGS) {
        const { lines } = document(source)
        const offset = offsetAt(document(source), wrong, encoding)
        expect(offset).toBeGreaterThanOrEqual(0)
        expect(offset).toBeLessThanOrEqual(source.length)
        if (wrong.line < 0 || wrong.line >= lines.count) continue
        expect(lines.lineAt(offset)).toBe(wrong.line)
        expect(source.slice(lines.startOf(wrong.line), offset)).not.toMatch(/[\r\n]/)
      }
    }),
    { numRuns: 400 },
  )
})
