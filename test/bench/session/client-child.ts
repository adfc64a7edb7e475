import { monitorEventLoopDelay } from "node:perf_hooks"
import { strictLog } from "../../../server/base/log.ts"
import { type AskRequest, readAnswer } from "../../../server/model/ask.ts"
import { PATIENCE } from "../../../server/model/deadline.ts"
import { providerNamed } from "../../../server/model/providers.ts"
import { openSession, type Session } from "../../../server/model/session.ts"
import type { Bench } from "../bench.ts"
import { quantile } from "../table.ts"
import { HOSES } from "./fire-hose.ts"
import { type Arrival, type Client, plainClient } from "./plain-sse.ts"
import { turnRequest } from "./script.ts"

/** The argument that makes the bench's bundle ask as a client. */
export const SESSION_CLIENT = "session-client"

/** The ways to ask that are compared. */
export type Way = "newRequest" | "keepAlive" | "session"

/** What the parent says to the client; it answers each with one message. */
export type ClientOrder =
  | { readonly run: "turns"; readonly way: Way; readonly baseUrl: string; readonly turns: number }
  | { readonly run: "bursts"; readonly baseUrl: string; readonly tokens: number; readonly rounds: number }
  | { readonly run: "hose"; readonly baseUrl: string; readonly deltas: number }
  | { readonly run: "cancel"; readonly baseUrl: string; readonly asks: number }

/** What the hose showed: deltas per second at the consumer, what each cost, and how late the event loop was, in ms. */
export interface HoseFigures {
  readonly deltasPerSecond: number
  /** Processor time of the whole process. */
  readonly microsecondsPerDelta: number
  readonly stallP99Ms: number
  readonly stallMaxMs: number
}

/** Asks as the parent orders, until it leaves. */
export const sessionClient: Bench = async () => {
  process.on("message", (order: ClientOrder) => {
    void obey(order).then(figures => process.send?.(figures))
  })
  await new Promise(resolve => process.once("disconnect", resolve))
  process.exit(0)
}

function obey(order: ClientOrder): Promise<object> {
  switch (order.run) {
    case "turns":
      return withClient(order.way, order.baseUrl, client => runTurns(client, order.turns))
    case "bursts":
      return runBursts(order.baseUrl, order.tokens, order.rounds)
    case "hose":
      return withSession(order.baseUrl, session => runHose(session, order.deltas))
    case "cancel":
      return withSession(order.baseUrl, session => runCancels(session, order.asks))
  }
}

async function runTurns(client: Client, turns: number): Promise<Arrival[]> {
  const arrivals: Arrival[] = []
  for (let turn = 0; turn < turns; turn++) arrivals.push(await client(turnRequest(turn)))
  return arrivals
}

/** What one delta costs in each way, in ms, by rounds: wall time between deltas, and this process's own work. */
export type BurstCost = { readonly [way in Way]: { readonly wall: number[]; readonly cpu: number[] } }

/** Long answers whose tokens need no time of their own, the ways taking turns; the first round only warms up. */
async function runBursts(baseUrl: string, tokens: number, rounds: number): Promise<BurstCost> {
  const cost: BurstCost = {
    newRequest: { wall: [], cpu: [] },
    keepAlive: { wall: [], cpu: [] },
    session: { wall: [], cpu: [] },
  }
  const ask = orderRequest(`#burst ${tokens}`)
  const clients: readonly (readonly [Way, Client])[] = [
    ["newRequest", plainClient(baseUrl, false)],
    ["keepAlive", plainClient(baseUrl, true)],
  ]
  return withSession(baseUrl, async session => {
    for (let round = 0; round <= rounds; round++) {
      for (const [way, client] of [
        ...clients,
        ["session", (each: AskRequest) => askSession(session, each)] as const,
      ]) {
        const before = process.cpuUsage()
        const { first, last, deltas } = await client(ask)
        const { user, system } = process.cpuUsage(before)
        if (round === 0) continue
        cost[way].wall.push((last - first) / (deltas - 1))
        cost[way].cpu.push((user + system) / 1000 / deltas)
      }
    }
    return cost
  })
}

async function runHose(session: Session, deltas: number): Promise<HoseFigures> {
  const each = Math.floor(deltas / HOSES)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  let seen = 0
  const start = performance.now()
  const before = process.cpuUsage()
  delays.enable()
  const drink = async (): Promise<void> => {
    for await (const delta of session.ask(orderRequest(`#hose ${each}`), never())) {
      if (delta.kind === "text") seen++
    }
  }
  await Promise.all(Array.from({ length: HOSES }, drink))
  delays.disable()
  const { user, system } = process.cpuUsage(before)
  const late = (ns: number): number => Math.max(0, ns / 1e6 - 1)
  return {
    deltasPerSecond: seen / ((performance.now() - start) / 1000),
    microsecondsPerDelta: (user + system) / seen,
    stallP99Ms: late(delays.percentile(99)),
    stallMaxMs: late(delays.max),
  }
}

/** How long from a cancel until the lane is abandoned and the asker has been told. */
async function runCancels(
  session: Session,
  asks: number,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const times: number[] = []
  for (let at = 0; at < asks; at++) {
    const controller = new AbortController()
    const answer = session.ask(orderRequest("#hold "), controller.signal)[Symbol.asyncIterator]()
    await answer.next()
    const end = answer.next()
    const start = performance.now()
    controller.abort()
    await end
    times.push(performance.now() - start)
    await until(() => session.counts().draining < 8)
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

async function withClient<T>(way: Way, baseUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  if (way !== "session") return use(plainClient(baseUrl, way === "keepAlive"))
  return withSession(baseUrl, session => use(ask => askSession(session, ask)))
}

async function askSession(session: Session, ask: AskRequest): Promise<Arrival> {
  const asked = performance.now()
  let first = 0
  let last = 0
  let deltas = 0
  for await (const delta of session.ask(ask, never())) {
    if (delta.kind === "end" && delta.outcome.status === "failed") throw delta.outcome.error
    if (delta.kind !== "text") continue
    last = performance.now()
    if (deltas++ === 0) first = last
  }
  return { asked, first, last, deltas }
}

/** Opens a session as the server does at its start, and uses it once it is connected. */
async function withSession<T>(baseUrl: string, use: (session: Session) => Promise<T>): Promise<T> {
  const patient = { first: 60_000, silence: 60_000, total: 600_000 }
  const session = openSession({
    settings: {
      provider: providerNamed("openai")!,
      baseUrl,
      allowPlain: false,
      models: { live: "m", deep: "m" },
      efforts: { live: "none", deep: "none" },
      tiers: { live: null, deep: null },
      template: null,
      warmUp: true,
      budget: { asksPerMinute: null, tokensPerDay: null },
      keys: { environment: {}, file: null },
      patience: { ...PATIENCE, live: patient },
    },
    log: strictLog(),
    onStatus: () => {},
  })
  await until(() => session.status().state === "ready")
  await readAnswer(session.ask(orderRequest("#burst 1"), never()))
  const result = await use(session)
  session.close()
  return result
}

function orderRequest(order: string): AskRequest {
  return { ...turnRequest(0), stable: [], turns: [{ by: "user", text: order }] }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 1))
}

function never(): AbortSignal {
  return new AbortController().signal
}
