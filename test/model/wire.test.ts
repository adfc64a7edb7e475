import fc from "fast-check"
import { expect, test } from "vitest"
import { decodeFrame } from "../../server/model/wire.ts"
import { kindOf, meaningOf, readWireError, retryAfter } from "../../server/model/wire-error.ts"

/** Checks how one message is read: its lane and its event in a line. */
function checkFrame(message: unknown, expected: string): void {
  const { lane, event } = decodeFrame(typeof message === "string" ? message : JSON.stringify(message))
  const { kind, ...rest } = event
  const shown = Object.entries(rest).filter(([, value]) => value !== null && value !== false)
  expect(`${lane ?? "-"} ${kind} ${shown.map(([, value]) => JSON.stringify(value)).join(" ")}`.trim()).toBe(
    expected,
  )
}

test("text, ids and ends are read with their lane", () => {
  checkFrame({ type: "response.created", stream_id: "c1", response: { id: "r" } }, 'c1 created "r"')
  checkFrame(
    { type: "response.output_text.delta", item_id: "m", delta: "ret", sequence_number: 4, stream_id: "c1" },
    'c1 text "ret" "m" 4',
  )
  checkFrame({ type: "response.output_text.done", item_id: "m", text: "return" }, '- whole-text "return" "m"')
  checkFrame(
    { type: "response.done", response: { id: "r", status: "incomplete" } },
    '- end "r" {"status":"incomplete","reason":"unknown","error":null,"usage":null}',
  )
  checkFrame(
    { type: "response.done", response: { status: "cancelled" } },
    '- end {"status":"incomplete","reason":"unknown","error":null,"usage":null}',
  )
})

test("a terminal event carries its reason, its error and its token counts", () => {
  const usage = { input_tokens: 20, input_tokens_details: { cached_tokens: 16 }, output_tokens: 3 }
  checkFrame(
    {
      type: "response.incomplete",
      response: { id: "r", incomplete_details: { reason: "max_output_tokens" }, usage },
    },
    '- end "r" {"status":"incomplete","reason":"max_output_tokens","error":null,"usage":{"input":20,"cached":16,"output":3}}',
  )
  const { event } = decodeFrame(
    '{"type":"response.failed","response":{"error":{"code":"server_error","message":"oh"}}}',
  )
  expect(event).toMatchObject({
    kind: "end",
    end: { status: "failed", error: { code: "server_error", message: "oh" } },
  })
})

/** Checks what an error message is taken to mean, its kind for the asker and the wait it asks for. */
function checkError(message: unknown, expected: string): void {
  const { lane, event } = decodeFrame(JSON.stringify(message))
  if (event.kind !== "error") throw new Error(`read as ${event.kind}`)
  const meaning = meaningOf(event.error)
  expect(`${lane ?? "-"} ${meaning} ${kindOf(meaning)} ${event.error.retryAfterMs ?? "-"}`).toBe(expected)
}

test("errors are understood in every shape they come in", () => {
  const nested = {
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    message: "slow",
    headers: { "retry-after": "1" },
  }
  checkError({ type: "error", status: 429, error: nested }, "- rate-limited rate-limited 1000")
  checkError(
    { type: "error", code: "rate_limit_exceeded", message: "Please try again in 20ms", stream_id: "c1" },
    "c1 rate-limited rate-limited 20",
  )
  checkError({ detail: "Unsupported parameter: stream_id" }, "- no-lanes rejected -")
  checkError({ type: "error", status_code: 401, error: { message: "no" } }, "- unauthorized rejected -")
  checkError(
    { type: "error", status: 400, error: { code: "previous_response_not_found", message: "gone" } },
    "- stale-continuation unavailable -",
  )
  checkError({ type: "error", status: 503, error: { message: "busy" } }, "- overloaded unavailable -")
  checkError(
    { type: "error", status: 400, error: { code: "invalid_prompt", message: "no" } },
    "- rejected rejected -",
  )
  checkError({ type: "error", error: { code: "constructor", message: "no" } }, "- rejected rejected -")
})

test("what is unknown is ignored and what is unreadable is garbage", () => {
  checkFrame({ type: "response.web_search.done" }, "- ignored")
  checkFrame({ type: "ping" }, "- ignored")
  checkFrame("{half", "- garbage")
  checkFrame("[1]", "- garbage")
  checkFrame("", "- garbage")
})

test("no text makes the reader throw", () => {
  const types = fc.constantFrom(
    "error",
    "response.created",
    "response.output_text.delta",
    "response.output_text.done",
    "response.completed",
    "response.failed",
    "response.steer.failed",
    "response.output_item.added",
  )
  const field = fc.constantFrom(
    "response",
    "error",
    "item",
    "delta",
    "text",
    "stream_id",
    "steer",
    "message",
    "code",
  )
  const message = fc
    .tuple(types, fc.dictionary(field, fc.jsonValue()))
    .map(([type, rest]) => ({ ...rest, type }))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        message.map(each => JSON.stringify(each)),
      ),
      text => {
        expect(decodeFrame(text).event.kind).toBeTypeOf("string")
      },
    ),
    { numRuns: 500 },
  )
})

test("a message cut anywhere is garbage, never half an event", () => {
  const text = JSON.stringify({ type: "response.output_text.delta", delta: "return 1", stream_id: "c1" })
  for (let at = 0; at < text.length; at++) checkFrame(text.slice(0, at), "- garbage")
})

test("a wait may be named by a date, and a code may be an HTTP status", () => {
  const date = "Wed, 21 Oct 2026 07:28:00 GMT"
  expect(retryAfter({ date, "retry-after": "Wed, 21 Oct 2026 07:28:12 GMT" })).toBe(12_000)
  expect(retryAfter({ date, "retry-after": "Wed, 21 Oct 2026 07:27:00 GMT" })).toBe(0)
  expect(retryAfter({ date, "retry-after": "soon" })).toBe(null)
  const error = readWireError({ error: { code: 503, message: "loading" } }, null)
  expect(error === null ? null : meaningOf(error)).toBe("overloaded")
})
