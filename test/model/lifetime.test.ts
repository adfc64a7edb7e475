import { expect, test } from "vitest"
import {
  beats,
  type ModelFixture,
  never,
  readAll,
  request,
  settle,
  startModel,
  until,
} from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"

const ECHO = { onAsk: (ask: ScriptedAsk) => ask.answer(ask.surfaceName) }

/** Asks once; the server answers with the surface it was asked on. */
function surface({ session }: ModelFixture): Promise<string> {
  return readAll(session.ask(request("where?"), never()))
}

test("a server that only ever finishes warm-ups is not dialed in a circle", async () => {
  await using fixture = await startModel({ settings: { warmUp: true } })
  const { model, session, statuses } = fixture
  await until(() => session.status().state === "ready", "the first connection")
  session.warm(request("", { stable: ["rules"] }))
  for (let socket = 0; socket < 3; socket++) {
    await until(() => (model.sockets[socket]?.received.length ?? 0) > 0, "a warm-up")
    await settle()
    model.sockets[socket]?.ws.close(1011)
    await until(() => session.counts().sockets === 0, "the close")
    await settle()
    expect(model.sockets).toHaveLength(socket + 1)
    fixture.clock.advance(1_000)
  }
  expect(statuses.at(-1)).toBe("ready/http")
})

for (const code of ["websocket_connection_limit_reached", "invalid_api_key"]) {
  test(`a server that greets every socket with ${code} is not dialed in a circle`, async () => {
    await using fixture = await startModel({ model: ECHO })
    const { model, session } = fixture
    for (let greeted = 0; greeted < 3; greeted++) {
      await until(() => session.counts().sockets === 1 || session.status().transport === "http")
      model.sockets[greeted]?.send({ type: "error", status: 400, error: { code, message: "no" } })
      await settle()
      expect(model.upgradesSeen).toBeLessThanOrEqual(greeted + 1)
      fixture.clock.advance(1_000)
    }
    await settle()
    expect(model.upgradesSeen).toBeLessThanOrEqual(3)
    expect(await surface(fixture)).toMatch(/^(socket|responses) \(completed\)$/)
  })
}

test("a socket is replaced before its time is over, and nobody notices", async () => {
  await using fixture = await startModel()
  const running = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  asked.answer("1")
  expect(await running).toBe("1 (completed)")
  await beats(fixture, 164)
  const late = readAll(fixture.session.ask(request("late", { role: "deep" }), never()))
  const old = await fixture.model.asked()
  old.say("still")
  await beats(fixture, 1)
  await until(() => fixture.model.sockets.length === 2)
  const next = readAll(fixture.session.ask(request("next"), never()))
  const onNew = await fixture.model.asked()
  onNew.answer("new")
  expect(await next).toBe("new (completed)")
  old.complete()
  expect(await late).toBe("still (completed)")
  await until(() => fixture.session.counts().sockets === 1)
  expect(fixture.model.sockets[0]?.received).toHaveLength(2)
  expect(fixture.model.sockets[1]?.received).toHaveLength(1)
})

test("the server's own limit moves the ask that met it to another socket", async () => {
  await using fixture = await startModel()
  const answer = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  asked.refuse(400, "websocket_connection_limit_reached")
  const again = await fixture.model.asked()
  again.answer("moved")
  expect(await answer).toBe("moved (completed)")
  expect(fixture.model.sockets).toHaveLength(2)
})

for (const status of [426, 404, 301]) {
  test(`an upgrade answered with ${status} means HTTP, until a later probe`, async () => {
    await using fixture = await startModel({ model: ECHO, before: model => model.upgrades.push({ status }) })
    expect(await surface(fixture)).toBe("responses (completed)")
    expect(await surface(fixture)).toBe("responses (completed)")
    expect(fixture.model.upgradesSeen).toBe(1)
    fixture.clock.advance(600_000)
    await until(() => fixture.session.status().transport === "socket")
    expect(await surface(fixture)).toBe("socket (completed)")
    expect(fixture.statuses).toEqual(["connecting/socket", "ready/http", "ready/socket"])
  })
}

test("an ask that waits for a socket that can't be had goes over HTTP at once", async () => {
  await using fixture = await startModel({ model: ECHO, before: model => model.upgrades.push("drop") })
  expect(await surface(fixture)).toBe("responses (completed)")
  fixture.clock.advance(1_000)
  await until(() => fixture.session.counts().sockets === 1)
  expect(await surface(fixture)).toBe("socket (completed)")
})

test("a handshake that never ends keeps nobody waiting, and is given up after ten seconds", async () => {
  await using fixture = await startModel({ model: ECHO, before: model => model.upgrades.push("hang") })
  const answer = readAll(fixture.session.ask(request("one"), never()))
  await until(() => fixture.model.upgradesSeen === 1)
  expect(fixture.session.counts()).toMatchObject({ waiting: 1, running: 0 })
  fixture.clock.advance(1_500)
  expect(await answer).toBe("responses (completed)")
  fixture.clock.advance(8_500)
  await settle()
  fixture.clock.advance(1_000)
  await until(() => fixture.session.counts().sockets === 1)
  expect(await surface(fixture)).toBe("socket (completed)")
})

test("three failures in a row mean HTTP, with one change of status", async () => {
  const drops = Array.from({ length: 3 }, () => "drop" as const)
  await using fixture = await startModel({ model: ECHO, before: model => model.upgrades.push(...drops) })
  for (let failure = 1; failure <= 3; failure++) {
    await until(() => fixture.model.upgradesSeen === failure)
    await settle()
    expect(await surface(fixture)).toBe("responses (completed)")
    fixture.clock.advance(1_000)
  }
  await settle()
  expect(fixture.model.upgradesSeen).toBe(3)
  expect(fixture.statuses).toEqual(["connecting/socket", "ready/http"])
})

test("a server that flaps a hundred times is dialed now and then, never twice at once, and asks are answered", async () => {
  const flaps = Array.from({ length: 100 }, () => "open-then-drop" as const)
  await using fixture = await startModel({ model: ECHO, before: model => model.upgrades.push(...flaps) })
  for (let ask = 0; ask < 100; ask++) {
    const said = await surface(fixture)
    expect(said).toMatch(/^responses \(completed\)| \(unavailable/)
    fixture.clock.advance(500)
    await settle()
  }
  expect(fixture.model.upgradesSeen).toBe(3)
  expect(fixture.session.counts()).toMatchObject({ sockets: 0, running: 0, waiting: 0 })
  expect(fixture.clock.timers).toBe(1)
})

test("a key refused once is looked up again and tried once more", async () => {
  await using fixture = await startModel({
    model: ECHO,
    settings: { keys: { environment: { OPENAI_API_KEY: "k" }, file: null, inSettings: null } },
    before: model => model.upgrades.push({ status: 401 }),
  })
  expect(await surface(fixture)).toBe("socket (completed)")
  expect(fixture.model.upgradesSeen).toBe(2)
})

test("a key that runs out under an open socket is looked up again, for a socket of its own", async () => {
  const environment = { OPENAI_API_KEY: "old" }
  const keys = { environment, file: null, inSettings: null }
  await using fixture = await startModel({ settings: { keys } })
  const { session, model } = fixture
  const answer = readAll(session.ask(request("one"), never()))
  const asked = await model.asked()
  environment.OPENAI_API_KEY = "new"
  model.keys = ["new"]
  asked.refuse(401, "invalid_api_key")
  const again = await model.asked()
  expect(model.sockets).toHaveLength(2)
  again.answer("fine")
  expect(await answer).toBe("fine (completed)")
})

test("a key refused for good fails asks quickly, and asks little", async () => {
  await using fixture = await startModel({
    model: { ...ECHO, keys: ["right"] },
    settings: { keys: { environment: { OPENAI_API_KEY: "wrong" }, file: null, inSettings: null } },
  })
  expect(await surface(fixture)).toContain("rejected")
  const seen = fixture.model.upgradesSeen
  expect(await surface(fixture)).toContain("rejected: the model's provider refuses the key")
  expect(fixture.model.upgradesSeen).toBe(seen)
  expect(fixture.statuses.at(-1)).toContain("unauthorized")
})

test("a limit that names no lane moves every ask that has not begun", async () => {
  await using fixture = await startModel()
  const { session, model } = fixture
  const answers = ["one", "two"].map(text => readAll(session.ask(request(text), never())))
  for (const _ of answers) await model.asked()
  const error = { code: "websocket_connection_limit_reached", message: "60 minutes" }
  model.sockets[0]?.send({ type: "error", status: 400, error })
  for (const _ of answers) (await model.asked()).answer("moved")
  expect(await Promise.all(answers)).toEqual(["moved (completed)", "moved (completed)"])
  expect(model.sockets).toHaveLength(2)
})

test("a socket whose server says goodbye and then never hangs up is left at once", async () => {
  await using fixture = await startModel()
  const { session, model } = fixture
  const first = session.ask(request("one"), never())[Symbol.asyncIterator]()
  const asked = await model.asked()
  const [socket] = model.sockets
  socket?.ws.pause()
  asked.say("1")
  socket?.sendBytes(Buffer.from([0x88, 0x02, 0x03, 0xe8]))
  await first.next()
  await settle()
  const next = readAll(session.ask(request("two"), never()))
  const again = await model.asked()
  again.answer("2")
  expect(await next).toBe("2 (completed)")
  expect((await first.next()).value).toMatchObject({ kind: "end", outcome: { status: "failed" } })
})
