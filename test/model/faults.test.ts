import { expect, test } from "vitest"
import type { JsonObject } from "../../server/base/json.ts"
import type { AskRequest } from "../../server/model/ask.ts"
import {
  beats,
  type FixtureOptions,
  type ModelFixture,
  never,
  readAll,
  request,
  settle,
  startModel,
  until,
} from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"

/** Asks once, lets the server do something with that ask, and checks how the answer ends. */
async function checkFault(
  act: (asked: ScriptedAsk, fixture: ModelFixture) => void,
  expected: string,
  options: FixtureOptions = {},
  more: Partial<AskRequest> = {},
): Promise<void> {
  await using fixture = await startModel(options)
  const answer = readAll(fixture.session.ask(request("let x", more), never()))
  act(await fixture.model.asked(), fixture)
  expect(await answer).toBe(expected)
  const again = readAll(fixture.session.ask(request("and then"), never()))
  const asked = await fixture.model.asked()
  asked.answer("fine")
  expect(await again).toBe("fine (completed)")
}

test("unreadable and binary messages are stepped over", async () => {
  await checkFault(asked => {
    asked.surface.begin()
    asked.surface.raw("{not json")
    asked.surface.raw(new Uint8Array([1, 2, 3]))
    asked.surface.raw('{"type":"keepalive"}')
    asked.answer("right")
  }, "right (completed)")
})

/** Repeats the whole text of an answer, as providers do at its end. */
function sayWhole({ surface }: ScriptedAsk, text: string): void {
  surface.message({ type: "response.output_text.done", item_id: surface.item(), text })
}

test("a piece that was lost at the end is made up for", async () => {
  await checkFault(asked => {
    asked.say("let")
    sayWhole(asked, "let it be")
    asked.surface.raw(JSON.stringify({ type: "response.completed", response: {}, stream_id: asked.lane }))
    asked.complete()
  }, "let| it be (completed)")
})

test("a whole text that is said twice is heard once", async () => {
  await checkFault(asked => {
    asked.say("let")
    sayWhole(asked, "let it be")
    sayWhole(asked, "let it be")
    asked.surface.raw(JSON.stringify({ type: "response.completed", response: {}, stream_id: asked.lane }))
    asked.complete()
  }, "let| it be (completed)")
})

test("a piece that was lost in the middle spoils the answer", async () => {
  await checkFault(asked => {
    asked.say("let be")
    sayWhole(asked, "let it be")
    asked.complete()
  }, "let be (protocol: a piece of the answer was lost on the way)")
})

test("gaps in the sequence are allowed, repeats are not heard", async () => {
  await checkFault(asked => {
    asked.say("a")
    const delta = { type: "response.output_text.delta", stream_id: asked.lane, item_id: asked.surface.item() }
    asked.surface.raw(JSON.stringify({ ...delta, delta: "b", sequence_number: 70 }))
    asked.surface.raw(JSON.stringify({ ...delta, delta: "b", sequence_number: 70 }))
    asked.surface.raw(JSON.stringify({ ...delta, delta: "a", sequence_number: 3 }))
    asked.surface.raw(JSON.stringify({ type: "response.completed", response: {}, stream_id: asked.lane }))
    asked.complete()
  }, "a|b (completed)")
})

test("an emoji that was split between two pieces arrives whole", async () => {
  await checkFault(asked => asked.answer("a\ud83d", "\ude00b"), "a|\ud83d\ude00b (completed)")
})

/** Has a lane answer twice, with something of its first answer coming again before and during the second. */
async function checkLate(late: (first: ScriptedAsk) => JsonObject): Promise<void> {
  await using fixture = await startModel({ provider: "azure" })
  const first = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  asked.answer("1")
  expect(await first).toBe("1 (completed)")
  const second = readAll(fixture.session.ask(request("two"), never()))
  const next = await fixture.model.asked()
  const event = JSON.stringify(late(asked))
  next.surface.raw(event)
  next.say("2")
  next.surface.raw(event)
  next.complete()
  expect(await second).toBe("2 (completed)")
  const third = readAll(fixture.session.ask(request("three"), never()))
  const last = await fixture.model.asked()
  last.surface.raw(event)
  last.answer("3")
  expect(await third).toBe("3 (completed)")
}

test("a second terminal event changes nothing", async () => {
  await checkLate(first => ({ type: "response.completed", response: { id: first.surface.response() } }))
})

test("late text of a lane's former answer is not the next one's", async () => {
  await checkLate(first => ({
    type: "response.output_text.delta",
    item_id: first.surface.item(),
    delta: "late",
  }))
})

test("a connection lost after sending is not tried again: nobody knows what became of the ask", async () => {
  await checkFault(asked => asked.surface.drop(), " (unavailable: the connection to the model closed (1006))")
})

test("a connection lost in the middle of an answer ends it there", async () => {
  await checkFault(asked => {
    asked.say("half")
    asked.surface.halfThenDrop()
  }, "half (unavailable: the connection to the model closed (1006))")
})

for (const code of [1009, 1011, 1013]) {
  test(`a server that closes with ${code} ends the answer and the next one works`, async () => {
    await using fixture = await startModel()
    const answer = readAll(fixture.session.ask(request("one"), never()))
    await fixture.model.asked()
    fixture.model.sockets[0]?.ws.close(code)
    expect(await answer).toContain(code === 1009 ? "rejected" : `(${code})`)
    const again = readAll(fixture.session.ask(request("two"), never()))
    const asked = await fixture.model.asked()
    asked.answer("fine")
    expect(await again).toBe("fine (completed)")
  })
}

test("a message of 20 MB is refused, and only its connection suffers", async () => {
  await checkFault(asked => {
    asked.surface.begin()
    asked.surface.raw("x".repeat(20 * 1024 * 1024))
  }, " (rejected: a message was too big for the connection to the model)")
})

test("a response that fails by the provider's word fails with it", async () => {
  const failure = { error: { code: "server_error", message: "overheated" } }
  await checkFault(asked => {
    asked.say("half")
    asked.surface.raw(JSON.stringify({ type: "response.failed", response: failure, stream_id: asked.lane }))
    asked.complete()
  }, "half (unavailable: overheated)")
})

/** Has one ask answered, so that the socket counts as good. */
async function serveOnce({ session, model }: ModelFixture): Promise<void> {
  const answer = readAll(session.ask(request("warm"), never()))
  const asked = await model.asked()
  asked.answer("yes")
  expect(await answer).toBe("yes (completed)")
}

test("an answer that stays away fails in time, and a lane that never ends costs its socket", async () => {
  await using fixture = await startModel()
  await serveOnce(fixture)
  const answer = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  fixture.clock.advance(8_000)
  expect(await answer).toBe(" (timeout: the model did not answer in time)")
  expect(fixture.session.counts()).toMatchObject({ draining: 1, sockets: 1 })
  await beats(fixture, 5)
  await until(() => fixture.model.sockets.length === 2 && fixture.session.counts().sockets === 1)
  asked.answer("an hour later")
  await serveOnce(fixture)
  expect(fixture.session.counts()).toMatchObject({ draining: 0, sockets: 1 })
})

test("after the machine slept mid-answer the answer fails and the next one has a new connection", async () => {
  await using fixture = await startModel()
  await serveOnce(fixture)
  const answer = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  asked.say("half")
  await settle()
  fixture.clock.suspend(600_000)
  expect(await answer).toBe("half (timeout: the model did not answer in time)")
  await serveOnce(fixture)
  expect(fixture.model.sockets.length).toBe(2)
})

test("a socket that slept with nothing to do is not trusted with the next ask", async () => {
  await using fixture = await startModel()
  await serveOnce(fixture)
  fixture.clock.suspend(600_000)
  await serveOnce(fixture)
  expect(fixture.model.sockets.length).toBe(2)
})

test("a peer that does not answer two pings is given up", async () => {
  await using fixture = await startModel()
  await until(() => fixture.model.sockets.length === 1 && fixture.session.counts().sockets === 1)
  fixture.clock.advance(20_000)
  fixture.clock.advance(20_000)
  fixture.clock.advance(20_000)
  await until(() => fixture.model.sockets.length === 2)
})
