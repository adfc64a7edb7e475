import { expect, test } from "vitest"
import { Limits } from "../../server/model/limits.ts"
import { FakeClock } from "./fake-clock.ts"
import { type FixtureOptions, never, readAll, request, settle, startModel, until } from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"

const ECHO = { onAsk: (ask: ScriptedAsk) => ask.answer("x") }

/** Checks how long live asks are dropped after the server refused one with a 429. */
async function checkLimited(headers: { "retry-after"?: string }, waitMs: number): Promise<void> {
  await using fixture = await startModel()
  const answer = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  asked.refuse(429, "rate_limit_exceeded", "slow down", headers)
  expect(await answer).toBe(" (rate-limited: slow down)")
  expect(fixture.session.status().state).toBe("limited")
  fixture.clock.advance(waitMs - 1)
  expect(await readAll(fixture.session.ask(request("two"), never()))).toContain("rate-limited")
  fixture.clock.advance(1)
  const later = readAll(fixture.session.ask(request("three"), never()))
  const again = await fixture.model.asked()
  again.answer("fine")
  expect(await later).toBe("fine (completed)")
  expect(fixture.statuses.slice(-2)).toEqual(["limited/socket", "ready/socket"])
}

test("while limited, live asks are dropped for as long as the server said", async () => {
  await checkLimited({ "retry-after": "7" }, 7_000)
})

test("refusals that come at once are one limit, and the longest wait named counts", () => {
  const clock = new FakeClock()
  const limits = new Limits({ asksPerMinute: null, tokensPerDay: null }, clock)
  for (let lane = 0; lane < 14; lane++) limits.limited(null)
  expect(limits.refusal()?.until).toBe(clock.now() + 1_000)
  limits.limited(30_000)
  limits.limited(2_000)
  expect(limits.refusal()?.until).toBe(clock.now() + 30_000)
})

test("the status says by itself that a limit has passed", async () => {
  await using fixture = await startModel({ model: ECHO })
  await readAll(fixture.session.ask(request("one"), never()))
  const socket = fixture.model.sockets[0]!
  const error = { code: "rate_limit_exceeded", message: "slow", headers: { "retry-after": "9" } }
  socket.send({ type: "error", status: 429, error })
  await until(() => fixture.statuses.at(-1) === "limited/socket")
  fixture.clock.advance(9_000)
  expect(fixture.statuses.at(-1)).toBe("ready/socket")
})

test("a limit that names no time lasts a second at first", async () => {
  await checkLimited({}, 1_000)
})

test("a deep ask waits until the limit has passed", async () => {
  await using fixture = await startModel()
  const answer = readAll(fixture.session.ask(request("deep", { role: "deep" }), never()))
  const asked = await fixture.model.asked()
  asked.refuse(429, "rate_limit_exceeded", "slow", { "retry-after": "5" })
  await settle()
  expect(fixture.session.counts().waiting).toBe(1)
  expect(fixture.session.status().detail).toMatch(/^the model's provider limits .*; one ask waits for that$/)
  const other = readAll(fixture.session.ask(request("too", { role: "deep" }), never()))
  expect(fixture.details.at(-1)).toMatch(/; 2 asks wait for that$/)
  fixture.clock.advance(5_000)
  const again = await fixture.model.asked()
  again.answer("done")
  expect(await answer).toBe("done (completed)")
  const last = await fixture.model.asked()
  last.answer("too")
  expect(await other).toBe("too (completed)")
  expect(fixture.session.status().detail).toBe("the model answers over one socket")
})

test("a deep ask does not wait for a limit that outlasts its patience", async () => {
  await using fixture = await startModel()
  const answer = readAll(fixture.session.ask(request("deep", { role: "deep" }), never()))
  const asked = await fixture.model.asked()
  asked.refuse(429, "rate_limit_exceeded", "slow", { "retry-after": "3600" })
  expect(await answer).toMatch(/rate-limited: the model's provider limits the rate of requests, until /)
  const next = readAll(fixture.session.ask(request("deep", { role: "deep" }), never()))
  expect(await next).toContain("rate-limited")
})

test("one failure of the server is chance, two in a row mean peace for a while", async () => {
  await using fixture = await startModel()
  for (const state of ["ready", "limited"]) {
    const answer = readAll(fixture.session.ask(request("one"), never()))
    const asked = await fixture.model.asked()
    asked.refuse(503, "server_is_overloaded")
    expect(await answer).toBe(" (unavailable: server_is_overloaded)")
    expect(fixture.session.status().state).toBe(state)
  }
  fixture.clock.advance(1_000)
  const later = readAll(fixture.session.ask(request("two"), never()))
  const asked = await fixture.model.asked()
  asked.answer("fine")
  expect(await later).toBe("fine (completed)")
})

test("a 429 on the upgrade limits too", async () => {
  await using fixture = await startModel({
    before: model => model.upgrades.push({ status: 429, headers: { "retry-after": "3" } }),
  })
  expect(await readAll(fixture.session.ask(request("one"), never()))).toContain("rate-limited")
})

/** Asks until the budget refuses, and checks how many went through and the status then. */
async function checkBudget(
  budget: FixtureOptions["settings"],
  through: number,
  sentence: string,
): Promise<void> {
  await using fixture = await startModel({ model: ECHO, settings: budget ?? {} })
  for (let at = 0; at < through; at++) {
    expect(await readAll(fixture.session.ask(request("a".repeat(400)), never()))).toBe("x (completed)")
  }
  expect(await readAll(fixture.session.ask(request("more"), never()))).toContain(`rate-limited: ${sentence}`)
  expect(fixture.session.status().state).toBe("spent")
  expect(fixture.session.status().detail).toContain(sentence)
}

test("a budget of asks per minute is kept", async () => {
  await checkBudget({ budget: { asksPerMinute: 3, tokensPerDay: null } }, 3, "this minute's budget of asks")
})

test("a budget of tokens per day is kept, and a new day begins at midnight UTC", async () => {
  await checkBudget({ budget: { asksPerMinute: null, tokensPerDay: 250 } }, 3, "today's budget of tokens")
})

test("asks and tokens are counted per role, cached ones apart", async () => {
  await using fixture = await startModel({ model: ECHO })
  await readAll(fixture.session.ask(request("a".repeat(8_192)), never()))
  await readAll(fixture.session.ask(request("b".repeat(40), { role: "deep" }), never()))
  expect(fixture.session.totals()).toEqual({
    live: { asks: 1, input: 2048, cached: 1024, output: 1 },
    deep: { asks: 1, input: 10, cached: 0, output: 1 },
  })
})
