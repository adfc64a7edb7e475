import { expect, test } from "vitest"
import { textOf } from "../../server/base/json.ts"
import { beats, type ModelFixture, never, readAll, request, startModel, until } from "./model-fixture.ts"

const STABLE = ["project rules", "signatures"]

/** What went up, one line per event: lane, what it goes on from, whether it generates, its input texts. */
function sent(fixture: ModelFixture): string[] {
  return fixture.model.sockets.flatMap(socket =>
    socket.received.map(event => {
      const texts = JSON.stringify(event["input"]).match(/"text":"[^"]*"/g) ?? []
      const from = textOf(event["previous_response_id"]) === null ? "new" : "goes on"
      const warm = event["generate"] === false ? " warm-up" : ""
      return `${textOf(event["stream_id"]) ?? "-"} ${from}${warm}: ${texts.map(text => text.slice(8, -1)).join(", ")}`
    }),
  )
}

const ECHO = { onAsk: (ask: { answer(text: string): void }) => ask.answer("ok") }

test("without warm-up every ask sends its whole input", async () => {
  await using fixture = await startModel({ model: ECHO })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  await readAll(fixture.session.ask(request("two", { stable: STABLE }), never()))
  expect(sent(fixture)).toMatchInlineSnapshot(`
    [
      "c0 new: project rules, signatures, one",
      "c1 new: project rules, signatures, two",
    ]
  `)
})

test("once the stable part is warm, asks fork it and send only what is new", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  await readAll(fixture.session.ask(request("two", { stable: STABLE }), never()))
  await readAll(fixture.session.ask(request("three", { stable: STABLE }), never()))
  expect(sent(fixture)).toMatchInlineSnapshot(`
    [
      "c0 new: project rules, signatures, one",
      "base-live new warm-up: project rules, signatures",
      "c1 goes on: two",
      "c2 goes on: three",
    ]
  `)
})

test("a conversation goes on where it was, with only the new turns", async () => {
  await using fixture = await startModel({ model: ECHO })
  await readAll(fixture.session.ask(request("one"), never()))
  const turns = [
    { by: "user" as const, text: "one" },
    { by: "model" as const, text: "ok" },
    { by: "user" as const, text: "two" },
  ]
  await readAll(fixture.session.ask(request("", { turns }), never()))
  expect(sent(fixture)).toMatchInlineSnapshot(`
    [
      "c0 new: one",
      "c0 goes on: two",
    ]
  `)
})

test("a changed field starts a new chain", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  await readAll(fixture.session.ask(request("two", { stable: STABLE, maxOutputTokens: 32 }), never()))
  expect(sent(fixture).filter(line => line.includes("goes on"))).toEqual([])
})

test("a longer stable part is warmed by its new end alone", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  const longer = [...STABLE, "more"]
  fixture.session.warm(request("", { stable: longer }))
  await readAll(fixture.session.ask(request("two", { stable: longer }), never()))
  expect(sent(fixture)).toMatchInlineSnapshot(`
    [
      "c0 new: project rules, signatures, one",
      "base-live new warm-up: project rules, signatures",
      "base-live goes on warm-up: more",
      "c1 new: project rules, signatures, more, two",
    ]
  `)
})

test("a response that the server forgot is asked for again with everything, once", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  fixture.model.sockets[0]?.forget()
  expect(await readAll(fixture.session.ask(request("two", { stable: STABLE }), never()))).toBe(
    "ok (completed)",
  )
  expect(sent(fixture).slice(2)).toMatchInlineSnapshot(`
    [
      "c1 goes on: two",
      "c2 new: project rules, signatures, two",
      "base-live new warm-up: project rules, signatures",
    ]
  `)
})

test("what was idle too long is not gone on from", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  await until(() => fixture.session.counts().busy === 0)
  await beats(fixture, 13)
  await readAll(fixture.session.ask(request("two", { stable: STABLE }), never()))
  expect(sent(fixture).slice(2)).toMatchInlineSnapshot(`
    [
      "c1 new: project rules, signatures, two",
      "base-live new warm-up: project rules, signatures",
    ]
  `)
})

test("a provider that knows no warm-up is not asked for one twice", async () => {
  await using fixture = await startModel({ model: { ...ECHO, warmUp: false }, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  await readAll(fixture.session.ask(request("two", { stable: STABLE }), never()))
  expect(sent(fixture).filter(line => line.includes("warm-up"))).toHaveLength(1)
})

test("after a reconnect the stable part is warmed before anybody asks", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  await readAll(fixture.session.ask(request("one", { stable: STABLE }), never()))
  fixture.model.dropAll()
  await until(() => fixture.model.sockets[1]?.received.length === 1 && fixture.session.counts().busy === 0)
  await readAll(fixture.session.ask(request("two", { stable: STABLE }), never()))
  expect(sent(fixture).slice(2)).toMatchInlineSnapshot(`
    [
      "base-live new warm-up: project rules, signatures",
      "c0 goes on: two",
    ]
  `)
})

test("every field but the input is sent byte-equal each time", async () => {
  await using fixture = await startModel({ model: ECHO, settings: { warmUp: true } })
  for (const text of ["one", "two", "three"]) {
    await readAll(fixture.session.ask(request(text, { stable: STABLE }), never()))
  }
  const fields = fixture.model.sockets[0]!.received.map(
    ({ type, stream_id, generate, previous_response_id, input, ...rest }) => JSON.stringify(rest),
  )
  expect(new Set(fields).size).toBe(1)
})
