import fc from "fast-check"
import { expect, test } from "vitest"
import { FrameDecoder } from "../../server/protocol/framing.ts"

const frame = (value: unknown): Buffer => {
  const body = Buffer.from(JSON.stringify(value))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body])
}

/** Feeds bytes in pieces whose lengths are taken from `cuts` in turn. */
function decode(bytes: Buffer, cuts: readonly number[]): readonly unknown[] {
  const decoder = new FrameDecoder()
  const found: unknown[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = cuts[turn % cuts.length]!
    for (const frame of decoder.push(bytes.subarray(at, at + length))) {
      if (frame.kind === "value") found.push(frame.value)
    }
    at += length
  }
  return found
}

const cuts = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 8 })

test("any messages in any pieces come out as they went in", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), cuts, (values, pieces) => {
      const plain = JSON.parse(JSON.stringify(values)) as unknown[]
      expect(decode(Buffer.concat(plain.map(frame)), pieces)).toEqual(plain)
    }),
    { numRuns: 300 },
  )
})

test("arbitrary bytes never throw, and what follows a gap is read again", () => {
  const noise = fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes))
  fc.assert(
    fc.property(noise, cuts, (garbage, pieces) => {
      // A header found in noise may claim what follows, so enough valid messages follow to see the end of it.
      const valid = Array.from({ length: 40 }, (_, id) => ({ id, method: "x" }))
      const found = decode(Buffer.concat([garbage, ...valid.map(frame)]), pieces)
      expect(found.at(-1)).toEqual(valid.at(-1))
    }),
    { numRuns: 300 },
  )
})

test("pieces of headers in any order never throw or stall", () => {
  const part = fc.constantFrom(
    "Content-Length: ",
    "content-length:",
    "5",
    "99999999999",
    "-1",
    "\r\n",
    "\n",
    "\r\n\r\n",
    "{}",
    "null",
    "x",
    "Content-Len",
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), cuts, (parts, pieces) => {
      decode(Buffer.from(parts.join("")), pieces)
    }),
    { numRuns: 300 },
  )
})
