import fc from "fast-check"
import { expect, test } from "vitest"
import type { Outcome } from "../../server/model/ask.ts"
import { PendingAsk } from "../../server/model/pending-ask.ts"
import { ResponseReader } from "../../server/model/response-reader.ts"
import { decodeFrame } from "../../server/model/wire.ts"
import { FakeClock } from "./fake-clock.ts"
import { never, readAll, request } from "./model-fixture.ts"

/** An ask of its own, with what its owner was told. */
function pendingAsk(signal: AbortSignal = never()): { ask: PendingAsk; told: string[]; clock: FakeClock } {
  const told: string[] = []
  const clock = new FakeClock()
  const owner = {
    settled: (_: PendingAsk, outcome: Outcome): unknown => told.push(outcome.status),
    steer: (_: PendingAsk, instruction: string): unknown => told.push(instruction),
  }
  return { ask: new PendingAsk(request("x"), signal, clock, owner), told, clock }
}

test("however a text is cut, no piece ends inside a character and nothing is lost", async () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 })
  const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(text, cuts, async (whole, places) => {
      const { ask } = pendingAsk()
      const sorted = [
        0,
        ...places.map(place => place % (whole.length + 1)).sort((a, b) => a - b),
        whole.length,
      ]
      for (const [at, end] of sorted.entries()) ask.push(whole.slice(sorted[at - 1] ?? 0, end))
      ask.settle({ status: "completed" }, null)
      const pieces: string[] = []
      for await (const delta of ask) if (delta.kind === "text") pieces.push(delta.text)
      expect(pieces.join("")).toBe(whole)
      for (const piece of pieces) expect(() => encodeURIComponent(piece)).not.toThrow()
    }),
    { numRuns: 300 },
  )
})

test("a cancellation drops what was not read yet and is told once", async () => {
  const controller = new AbortController()
  const { ask, told } = pendingAsk(controller.signal)
  ask.push("unread")
  controller.abort()
  ask.settle({ status: "completed" }, null)
  ask.push("late")
  expect(await readAll(ask)).toBe(" (cancelled: client)")
  expect(told).toEqual(["cancelled"])
})

test("an ask whose signal was aborted before it began is cancelled from the start", async () => {
  const { ask, told } = pendingAsk(AbortSignal.abort())
  expect(await readAll(ask)).toBe(" (cancelled: client)")
  expect(told).toEqual(["cancelled"])
})

test("leaving the loop cancels the ask", async () => {
  const { ask, told } = pendingAsk()
  ask.push("one")
  ask.push("two")
  for await (const delta of ask) if (delta.kind === "text") break
  expect(told).toEqual(["cancelled"])
})

test("an ending says when things happened, counted from the ask", async () => {
  const { ask, clock } = pendingAsk()
  clock.advance(5)
  ask.markSent("HTTP")
  clock.advance(40)
  ask.push("a")
  clock.advance(10)
  ask.push("b")
  ask.settle({ status: "completed" }, { input: 1, cached: 0, output: 2 })
  for await (const delta of ask) {
    if (delta.kind !== "end") continue
    expect(delta.timings).toEqual({ sent: 5, firstToken: 45, lastToken: 55 })
    expect(delta.usage).toEqual({ input: 1, cached: 0, output: 2 })
  }
})

test("no order of events makes a reader throw, or say anything before the response began", () => {
  const ids = fc.constantFrom("r1", "r2", "old")
  const event = fc.oneof(
    ids.map(id => ({ type: "response.created", response: { id } })),
    ids.map(id => ({ type: "response.completed", response: { id } })),
    fc.record({
      type: fc.constant("response.output_text.delta"),
      delta: fc.string(),
      sequence_number: fc.nat(9),
      item_id: ids,
    }),
    fc.record({ type: fc.constant("response.output_text.done"), text: fc.string(), item_id: ids }),
    fc.record({
      type: fc.constant("response.output_item.added"),
      item: fc.record({ id: ids, phase: fc.constantFrom("commentary", "final_answer") }),
    }),
    fc.record({ type: fc.constantFrom("response.steer.failed", "response.incomplete", "error", "ping") }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), events => {
      const { ask } = pendingAsk()
      const reader = new ResponseReader(ask, new Set(["old"]), "created")
      let begun = false
      for (const each of events) {
        begun ||= each.type === "response.created" && "response" in each && each.response.id !== "old"
        reader.read(decodeFrame(JSON.stringify(each)).event)
        if (!begun) expect(ask.shown).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})

test("commentary is not part of the answer", async () => {
  const { ask } = pendingAsk()
  const reader = new ResponseReader(ask, new Set(), "created")
  const events = [
    { type: "response.created", response: { id: "r" } },
    { type: "response.output_item.added", item: { id: "m1", phase: "commentary" } },
    { type: "response.output_text.delta", item_id: "m1", delta: "I will now" },
    { type: "response.output_text.done", item_id: "m1", text: "I will now" },
    { type: "response.output_item.added", item: { id: "m2", phase: "final_answer" } },
    { type: "response.output_text.delta", item_id: "m2", delta: "x = 1" },
    { type: "response.output_text.done", item_id: "m2", text: "x = 1" },
  ]
  for (const event of events) reader.read(decodeFrame(JSON.stringify(event)).event)
  ask.settle({ status: "completed" }, null)
  expect(await readAll(ask)).toBe("x = 1 (completed)")
})

test("a refusal is not code: the answer ends incomplete", () => {
  const reader = new ResponseReader(null, new Set(), "anything")
  reader.read(decodeFrame('{"type":"response.refusal.delta","item_id":"m","delta":"I can not"}').event)
  const reading = reader.read(decodeFrame('{"type":"response.completed","response":{"id":"r"}}').event)
  expect(reading).toMatchObject({ kind: "ended", text: "", end: { status: "incomplete", reason: "refusal" } })
})

test("half a character before a new instruction does not spoil what comes after it", async () => {
  const owner = { settled: () => {}, steer: () => {} }
  const ask = new PendingAsk(request("x"), new AbortController().signal, new FakeClock(), owner)
  ask.push("a\ud83d")
  ask.markSteered()
  ask.push("b")
  ask.settle({ status: "completed" }, null)
  expect(await readAll(ask)).toBe("a|<steered>|b (completed)")
})
