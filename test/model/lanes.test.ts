import { expect, test } from "vitest"
import { textOf } from "../../server/base/json.ts"
import { never, readAll, request, settle, startModel, until } from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"

test("a server that knows no lanes is found out without losing an ask", async () => {
  await using fixture = await startModel({ model: { lanes: false, onAsk: ask => ask.answer(ask.input) } })
  const answers = ["one", "two", "three", "four"].map(text =>
    readAll(fixture.session.ask(request(text), never())),
  )
  expect(await Promise.all(answers)).toEqual(
    ["one", "two", "three", "four"].map(text => `${text} (completed)`),
  )
  const streams = fixture.model.sockets.map(socket =>
    socket.received.map(event => textOf(event["stream_id"])),
  )
  expect(
    streams
      .slice(1)
      .flat()
      .filter(name => name !== null),
  ).toEqual([])
})

test("a server that takes lanes and ignores them is found out, and its first answer still arrives", async () => {
  await using fixture = await startModel({
    model: { ignoresLanes: true, onAsk: ask => ask.answer(ask.input) },
  })
  for (const text of ["one", "two", "three"]) {
    expect(await readAll(fixture.session.ask(request(text), never()))).toBe(`${text} (completed)`)
  }
  const streams = fixture.model.sockets.map(socket =>
    socket.received.map(event => textOf(event["stream_id"])),
  )
  expect(streams).toEqual([["c0"], [null, null]])
})

test("a provider without lanes gets one ask at a time on each of a few sockets", async () => {
  await using fixture = await startModel({ provider: "azure" })
  const answers = [1, 2, 3, 4, 5].map(at => readAll(fixture.session.ask(request(`ask ${at}`), never())))
  const first = [await fixture.model.asked(), await fixture.model.asked(), await fixture.model.asked()]
  await settle()
  expect(fixture.model.sockets).toHaveLength(3)
  expect(fixture.session.counts()).toMatchObject({ waiting: 2, running: 3 })
  for (const asked of first) asked.answer("x")
  for (const _ of [4, 5]) (await fixture.model.asked()).answer("x")
  expect(await Promise.all(answers)).toEqual(Array(5).fill("x (completed)"))
})

test("a gateway that forbids overlap gets single asks from then on", async () => {
  await using fixture = await startModel()
  const answer = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  asked.refuse(409, "response_already_in_flight")
  const again = await fixture.model.asked()
  expect(again.lane).toBe(null)
  again.answer("fine")
  expect(await answer).toBe("fine (completed)")
})

test("only the fixed names are ever used on a socket", async () => {
  await using fixture = await startModel({
    model: { onAsk: ask => ask.answer("x") },
    settings: { warmUp: true },
  })
  for (let at = 0; at < 60; at++) {
    await readAll(fixture.session.ask(request(`ask ${at}`, { stable: [`epoch ${at >> 3}`] }), never()))
  }
  const names = new Set(fixture.model.sockets[0]?.received.map(event => event["stream_id"]))
  expect(fixture.model.sockets).toHaveLength(1)
  expect(names.size).toBeLessThanOrEqual(16)
})

test("a live ask overtakes what waits, and deep asks leave it room", async () => {
  await using fixture = await startModel({ provider: "azure" })
  const deep = [1, 2, 3].map(at =>
    readAll(fixture.session.ask(request(`deep ${at}`, { role: "deep" }), never())),
  )
  const order: ScriptedAsk[] = [await fixture.model.asked()]
  const live = readAll(fixture.session.ask(request("live"), never()))
  order.push(await fixture.model.asked())
  expect(order.map(asked => asked.input)).toEqual(["deep 1", "live"])
  for (const asked of order) asked.answer("x")
  expect(await live).toBe("x (completed)")
  for (let at = 0; at < 2; at++) (await fixture.model.asked()).answer("x")
  await Promise.all(deep)
})

test("among waiting asks the more urgent goes first", async () => {
  await using fixture = await startModel({ provider: "azure" })
  const asks = [0, 0, 0, 1, 5, 3].map((priority, at) =>
    readAll(fixture.session.ask(request(`${at}`, { priority }), never())),
  )
  const seen: string[] = []
  for (let at = 0; at < asks.length; at++) {
    const asked = await fixture.model.asked()
    seen.push(asked.input)
    asked.answer("x")
  }
  await Promise.all(asks)
  expect(seen.slice(0, 1)).toEqual(["4"])
})

test("when too many lanes drain the socket is replaced", async () => {
  await using fixture = await startModel()
  const controllers = Array.from({ length: 14 }, () => new AbortController())
  const answers = controllers.map(({ signal }) => readAll(fixture.session.ask(request("slow"), signal)))
  for (const _ of controllers) await fixture.model.asked()
  for (const controller of controllers) controller.abort()
  await Promise.all(answers)
  expect(fixture.session.counts()).toMatchObject({ draining: 14 })
  const answer = readAll(fixture.session.ask(request("new"), never()))
  ;(await fixture.model.asked()).answer("here")
  expect(await answer).toBe("here (completed)")
  expect(fixture.model.sockets).toHaveLength(2)
  await until(() => fixture.session.counts().sockets === 1)
})

test("when the lanes of several sockets drain, the oldest socket makes way", async () => {
  await using fixture = await startModel({ provider: "azure" })
  const { session, model, clock } = fixture
  const kept: ScriptedAsk[] = []
  const answers: Promise<string>[] = []
  const controllers = [1, 2, 3].map(() => new AbortController())
  for (const [at, { signal }] of controllers.entries()) {
    answers.push(readAll(session.ask(request(`ask ${at}`), signal)))
    kept.push(await model.asked())
    clock.advance(1_000)
  }
  expect(model.sockets).toHaveLength(3)
  controllers[1]?.abort()
  controllers[2]?.abort()
  const next = readAll(session.ask(request("next"), never()))
  const asked = await model.asked()
  expect(model.sockets).toHaveLength(4)
  asked.answer("here")
  expect(await next).toBe("here (completed)")
  kept[0]?.answer("whole")
  expect(await answers[0]).toBe("whole (completed)")
  await kept[0]?.gone
  expect(session.counts()).toMatchObject({ sockets: 3, draining: 2 })
})

test("an ask that finds every lane draining again waits a second for a new socket, not for the drain", async () => {
  await using fixture = await startModel({ provider: "azure" })
  const { session, model, clock } = fixture
  for (const count of [3, 1]) {
    const controllers = Array.from({ length: count }, () => new AbortController())
    for (const { signal } of controllers) void readAll(session.ask(request("slow"), signal))
    for (const _ of controllers) await model.asked()
    for (const controller of controllers) controller.abort()
  }
  const last = readAll(session.ask(request("last"), never()))
  clock.advance(1_000)
  const asked = await model.asked()
  asked.answer("here")
  expect(await last).toBe("here (completed)")
})
