import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { quantile, rounded, tableLines } from "../table.ts"
import {
  type ClientOrder,
  type CostedAnswer,
  type HoseFigures,
  SESSION_CLIENT,
  type Way,
} from "./client-child.ts"
import { type Line, ONE_WAY_MS, openLine } from "./line.ts"
import { type ModelOrder, type OwnTime, SESSION_MODEL } from "./model-child.ts"
import type { Arrival } from "./plain-sse.ts"
import { THINK_MS } from "./script.ts"
import { selfSigned } from "./self-signed.ts"
import { type TokenCost, tokenCosts } from "./token-costs.ts"

const WAYS: readonly Way[] = ["newRequest", "keepAlive", "session"]

/** What one turn of the script cost one way: ms and bytes, medians over the turns. */
interface TurnCost {
  readonly timeToFirst: number
  /** From ask to first delta, beyond the model's own time and the one round trip of the line that nobody can save. */
  readonly roundTripOverhead: number
  /** The same with that round trip. */
  readonly roundTripWithLine: number
  readonly bytesUp: number
}

interface WayCost extends TurnCost {
  readonly token: TokenCost
}

/** The processes of the bench, and the line between them. */
interface Stage {
  readonly model: ChildProcess
  /** A client of its own for each way, so that none pays for another's garbage. */
  readonly clients: Record<Way, ChildProcess>
  readonly line: Line
  /** The model's address over the line and without it. */
  readonly far: string
  readonly near: string
}

/**
 * The same editing script over a new HTTPS request per turn, over a kept-alive one and over our session, through TLS
 * and a line of 40 ms; then what one process can take in, and how quickly it lets go.
 */
export const sessionBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: { turns: { type: "string" }, deltas: { type: "string" } },
  })
  const turns = Number(values.turns ?? 200)
  const folder = mkdtempSync(join(tmpdir(), "session-bench-"))
  const identity = selfSigned(new Date())
  const authority = join(folder, "cert.pem")
  writeFileSync(authority, identity.cert)
  const stage = await setUp(identity, authority)
  const tokens = await tokenCosts(WAYS, (way, order, rounds) => askInRounds(stage, way, order, rounds))
  const costs = await turnCosts(stage, turns)
  const { session: client } = stage.clients
  const hose = (await say(client, {
    run: "hose",
    baseUrl: stage.near,
    deltas: Number(values.deltas ?? 500_000),
  })) as HoseFigures
  const cancel = (await say(client, { run: "cancel", baseUrl: stage.near, asks: 1_000 })) as {
    p99: number
  }
  tearDown(stage)
  rmSync(folder, { recursive: true, force: true })
  const merged = {
    newRequest: { ...costs.newRequest, token: tokens.newRequest },
    keepAlive: { ...costs.keepAlive, token: tokens.keepAlive },
    session: { ...costs.session, token: tokens.session },
  }
  return report(world, merged, turns, { ...hose, cancelP99Ms: cancel.p99 })
}

async function setUp(identity: { key: string; cert: string }, authority: string): Promise<Stage> {
  const start = (name: string, env: NodeJS.ProcessEnv): ChildProcess =>
    fork(process.argv[1]!, [name], { env })
  const model = start(SESSION_MODEL, process.env)
  const client = (): ChildProcess => start(SESSION_CLIENT, { ...process.env, NODE_EXTRA_CA_CERTS: authority })
  const clients = { newRequest: client(), keepAlive: client(), session: client() }
  const { port } = (await say(model, { start: identity })) as { port: number }
  const line = await openLine(port)
  const address = (at: number): string => `https://127.0.0.1:${at}/v1`
  return { model, clients, line, far: address(line.port), near: address(port) }
}

function tearDown({ model, clients, line }: Stage): void {
  model.disconnect()
  for (const way of WAYS) clients[way].disconnect()
  line.close()
}

/** One question to a child and its one answer. */
async function say(child: ChildProcess, order: ModelOrder | ClientOrder): Promise<unknown> {
  child.send(order)
  const [answer] = await once(child, "message")
  return answer
}

/** Over no line: tokens' own costs are looked at alone. */
async function askInRounds(
  { model, clients, near }: Stage,
  way: Way,
  order: string,
  rounds: number,
): Promise<{ readonly answers: readonly CostedAnswer[]; readonly own: readonly OwnTime[] }> {
  const run = { run: "answers", way, baseUrl: near, order, rounds } as const
  const answers = (await say(clients[way], run)) as CostedAnswer[]
  return { answers, own: await ownTimes(model, rounds) }
}

/** The model's notes of its last answers; a session asks once more at its start, to see that it is connected. */
async function ownTimes(model: ChildProcess, count: number): Promise<readonly OwnTime[]> {
  return ((await say(model, { take: true })) as OwnTime[]).slice(-count)
}

/** Turns that one way takes before it is another's turn. */
const TURNS_IN_A_ROW = 20

async function turnCosts(stage: Stage, turns: number): Promise<Record<Way, TurnCost>> {
  const overheads: Record<Way, number[]> = { newRequest: [], keepAlive: [], session: [] }
  const bytes: Record<Way, number> = { newRequest: 0, keepAlive: 0, session: 0 }
  for (let from = 0; from < turns; from += TURNS_IN_A_ROW) {
    for (const way of WAYS) {
      const to = Math.min(turns, from + TURNS_IN_A_ROW)
      overheads[way].push(...(await overheadsOf(stage, way, from, to)))
      bytes[way] += stage.line.takeBytesUp()
    }
  }
  const cost = (way: Way): TurnCost => {
    const roundTripWithLine = quantile(overheads[way], 0.5)
    return {
      roundTripOverhead: roundTripWithLine - 2 * ONE_WAY_MS,
      roundTripWithLine,
      timeToFirst: roundTripWithLine + THINK_MS,
      bytesUp: bytes[way] / turns,
    }
  }
  return { newRequest: cost("newRequest"), keepAlive: cost("keepAlive"), session: cost("session") }
}

/** From ask to first delta, beyond what the model itself took, turn by turn, in ms. */
async function overheadsOf(
  { model, clients, far }: Stage,
  way: Way,
  from: number,
  to: number,
): Promise<number[]> {
  const arrivals = (await say(clients[way], { run: "turns", way, baseUrl: far, from, to })) as Arrival[]
  const own = await ownTimes(model, arrivals.length)
  return arrivals.map(({ asked, deltas }, turn) => deltas[0]! - asked - own[turn]!.first)
}

function report(
  world: BenchWorld,
  costs: Record<Way, WayCost>,
  turns: number,
  rest: Readonly<Record<string, number>>,
): Figures {
  const head = [
    "way",
    "first delta ms",
    "overhead ms",
    "cpu per delta us",
    "delta late by us",
    "all at once us",
    "bytes up per turn",
  ]
  const rows = WAYS.map(way => {
    const { timeToFirst, roundTripOverhead, token, bytesUp } = costs[way]
    const micros = [token.cpu, token.lateness, token.atOnce].map(ms => (ms * 1000).toFixed(2))
    return [way, timeToFirst.toFixed(1), roundTripOverhead.toFixed(2), ...micros, bytesUp.toFixed(0)]
  })
  for (const line of tableLines(head, rows)) world.say(line)
  const figures = {
    turns,
    roundTripMs: 2 * ONE_WAY_MS,
    vsNewRequest: savedAgainst(costs.newRequest, costs.session),
    vsKeepAlive: savedAgainst(costs.keepAlive, costs.session),
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, rounded(value)])),
  }
  for (const [name, value] of Object.entries(figures)) world.say(`${name}: ${JSON.stringify(value)}`)
  return figures
}

/** The share of each cost that the session saves: 0.8 is 80 % less. */
function savedAgainst(other: WayCost, ours: WayCost): Figures {
  const saved = (theirs: number, mine: number): number => rounded(1 - mine / theirs)
  return {
    roundTripOverhead: saved(other.roundTripOverhead, ours.roundTripOverhead),
    roundTripWithLine: saved(other.roundTripWithLine, ours.roundTripWithLine),
    timeToFirst: saved(other.timeToFirst, ours.timeToFirst),
    perToken: saved(other.token.cpu, ours.token.cpu),
    perTokenLateness: saved(other.token.lateness, ours.token.lateness),
    perTokenAtOnce: saved(other.token.atOnce, ours.token.atOnce),
    bytesUp: saved(other.bytesUp, ours.bytesUp),
  }
}
