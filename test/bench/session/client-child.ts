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
import { sharedMs } from "./shared-clock.ts"

/** The argument that makes the bench's bundle ask as a client. */
export const SESSION_CLIENT = "session-client"

/** The ways to ask that are compared. */
export type Way = "newRequest" | "keepAlive" | "session"

/** What the parent says to the client; it answers each with one message. */
export type ClientOrder =
  | {
      readonly run: "turns"
      readonly way: Way
      readonly baseUrl: string
      readonly from: number
      readonly to: number
    }
  | {
      readonly run: "answers"
      readonly way: Way
      readonly baseUrl: string
      /** What the model is asked to do, as its child reads it. */
      readonly order: string
      readonly rounds: number
    }
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
  const sessions: Sessions = new Map()
  process.on("message", (order: ClientOrder) => {
    void obey(order, sessions).then(figures => process.send?.(figures))
  })
  await new Promise(resolve => process.once("disconnect", resolve))
  process.exit(0)
}

async function obey(order: ClientOrder, sessions: Sessions): Promise<object> {
  switch (order.run) {
    case "turns":
      return runTurns(await clientOf(order.way, order.baseUrl, sessions), order.from, order.to)
    case "answers":
      return runAnswers(await clientOf(order.way, order.baseUrl, sessions), order.order, order.rounds)
    case "hose":
      return runHose(await connectedSession(order.baseUrl, sessions), order.deltas)
    case "cancel":
      return runCancels(await connectedSession(order.baseUrl, sessions), order.asks)
  }
}

async function runTurns(client: Client, from: number, to: number): Promise<Arrival[]> {
  const arrivals: Arrival[] = []
  for (let turn = from; turn < to; turn++) arrivals.push(await client(turnRequest(turn)))
  return arrivals
}

/** One answer, and the processor time in ms that it cost this process. */
export interface CostedAnswer {
  readonly arrival: Arrival
  readonly cpuMs: number
}

async function runAnswers(client: Client, order: string, rounds: number): Promise<CostedAnswer[]> {
  const answers: CostedAnswer[] = []
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    const arrival = await client(orderRequest(order))
    const { user, system } = process.cpuUsage(before)
    answers.push({ arrival, cpuMs: (user + system) / 1000 })
  }
  return answers
}

/** How long one answer of the hose is. */
const HOSE_DELTAS = 2_000

async function runHose(session: Session, deltas: number): Promise<HoseFigures> {
  const asks = Math.ceil(deltas / HOSES / HOSE_DELTAS)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  let seen = 0
  const start = performance.now()
  const before = process.cpuUsage()
  delays.enable()
  const drink = async (): Promise<void> => {
    for (let ask = 0; ask < asks; ask++) {
      for await (const delta of session.ask(orderRequest(`#hose ${HOSE_DELTAS}`), never())) {
        if (delta.kind === "text") seen++
      }
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

/** The sessions of this process by address, each opened once, as a server does at its start. */
type Sessions = Map<string, Session>

async function clientOf(way: Way, baseUrl: string, sessions: Sessions): Promise<Client> {
  if (way !== "session") return plainClient(baseUrl, way === "keepAlive")
  const session = await connectedSession(baseUrl, sessions)
  return ask => askSession(session, ask)
}

async function connectedSession(baseUrl: string, sessions: Sessions): Promise<Session> {
  const known = sessions.get(baseUrl)
  if (known !== undefined) return known
  const session = benchSession(baseUrl)
  sessions.set(baseUrl, session)
  await until(() => session.status().state === "ready")
  await readAnswer(session.ask(orderRequest("#burst 1"), never()))
  return session
}

async function askSession(session: Session, ask: AskRequest): Promise<Arrival> {
  const asked = sharedMs()
  const deltas: number[] = []
  for await (const delta of session.ask(ask, never())) {
    if (delta.kind === "end" && delta.outcome.status === "failed") throw delta.outcome.error
    if (delta.kind === "text") deltas.push(sharedMs())
  }
  return { asked, deltas }
}

function benchSession(baseUrl: string): Session {
  const patient = { first: 60_000, silence: 60_000, total: 600_000 }
  return openSession({
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
      keys: { environment: {}, file: null, inSettings: null },
      patience: { ...PATIENCE, live: patient },
    },
    log: strictLog(),
    onStatus: () => {},
  })
}

function orderRequest(order: string): AskRequest {
  return { ...turnRequest(0), stable: [], turns: [{ by: "user", text: order }] }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setImmediate(resolve))
}

function never(): AbortSignal {
  return new AbortController().signal
}
