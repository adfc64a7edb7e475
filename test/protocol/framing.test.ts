import { Writable } from "node:stream"
import { expect, test } from "vitest"
import { FrameDecoder, FramedWriter, MAX_BODY_BYTES, readMessage } from "../../server/protocol/framing.ts"

const frame = (value: unknown): string => {
  const body = JSON.stringify(value)
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** What a decoder makes of pieces: values as JSON, garbage as its sentence after `!`. */
function checkFrames(pieces: readonly string[], expected: readonly string[]): void {
  const decoder = new FrameDecoder()
  const frames = pieces.flatMap(piece => decoder.push(Buffer.from(piece)))
  expect(
    frames.map(found => (found.kind === "value" ? JSON.stringify(found.value) : `!${found.why}`)),
  ).toEqual(expected)
}

test("a message is read however it is cut", () => {
  const whole = frame({ id: 1, text: "é😀" })
  const bytes = Buffer.from(whole)
  const decoder = new FrameDecoder()
  const frames = [...bytes].flatMap(byte => decoder.push(Buffer.from([byte])))
  expect(frames).toEqual([{ kind: "value", value: { id: 1, text: "é😀" } }])
})

test("several messages come out of one chunk in order", () => {
  checkFrames([frame(1) + frame(2) + frame(3)], ["1", "2", "3"])
})

test("header names count in any case, other headers are ignored, bare line feeds will do", () => {
  checkFrames(["content-LENGTH: 1\r\nContent-Type: x\r\n\r\n7", "Content-Length: 1\n\n8"], ["7", "8"])
})

test("garbage before a header is skipped with the header itself intact", () => {
  checkFrames([`hello there\n${frame(1)}`], ["1"])
})

test("a header without a length is skipped once, however long the garbage is", () => {
  checkFrames(
    ["Foo: bar\r\n\r\n", "x".repeat(100_000), "y".repeat(100_000), frame(1)],
    ["!a header without a Content-Length", "1"],
  )
})

test("a header that never ends is given up", () => {
  checkFrames([`Content-Length: ${"9".repeat(5000)}`, frame(1)], ["!a header without an end", "1"])
})

test("a message cut short costs itself and not the next one", () => {
  const cut = frame({ text: "a".repeat(100) }).slice(0, 60)
  checkFrames(
    [cut + frame(1) + frame(2), frame(3) + frame(4)],
    ["!a body that is not JSON", "1", "2", "3", "4"],
  )
})

test("a body that is no JSON is skipped", () => {
  checkFrames([`Content-Length: 4\r\n\r\n{"a"${frame(1)}`], ["!a body that is not JSON", "1"])
})

test("a body that claims to be huge is skipped and not waited for", () => {
  checkFrames(
    [`Content-Length: ${MAX_BODY_BYTES + 1}\r\n\r\n${frame(1)}`],
    ["!a message of 67108865 bytes (at most 67108864 are read)", "1"],
  )
})

test("JSON that is no message is refused", () => {
  const refused = [
    1,
    null,
    "x",
    [],
    {},
    { id: 1, method: 3 },
    { id: {}, method: "a" },
    { id: null, method: "a" },
  ]
  expect(refused.map(readMessage)).toEqual(refused.map(() => null))
  expect(readMessage({ method: "$/cancelRequest" })).toBeNull()
  expect(readMessage({ method: "$/cancelRequest", params: { id: null } })).toBeNull()
})

test("requests, notifications and answers are messages, also with id 0 and without a result", () => {
  const request = { id: 0, method: "a" }
  const notification = { method: "b", params: null }
  expect(readMessage(request)).toBe(request)
  expect(readMessage(notification)).toBe(notification)
  expect(readMessage({ id: 0 })).toEqual({ id: 0, result: null })
})

test("a writer survives a reader that has gone", async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error("EPIPE")) })
  const writer = new FramedWriter(broken)
  await writer.write({ jsonrpc: "2.0" })
  await writer.flushed(60_000)
  await writer.write({ jsonrpc: "2.0" })
  await writer.flushed(60_000)
  expect(broken.destroyed).toBe(true)
})

test("a writer does not wait for ever for a reader that stalls", async () => {
  const stalled = new Writable({ write: () => {} })
  const writer = new FramedWriter(stalled)
  await writer.write({ jsonrpc: "2.0" })
  await writer.flushed(1)
  expect(stalled.writableLength).toBeGreaterThan(0)
})
