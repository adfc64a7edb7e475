import { quantile } from "../table.ts"
import type { CostedAnswer, Way } from "./client-child.ts"
import type { OwnTime } from "./model-child.ts"

/** What one token costs beyond the model's own time, in ms: medians. */
export interface TokenCost {
  /** The client's processor time, tokens coming as fast as they go, each by itself. */
  readonly cpu: number
  /** From the model's having a token to the consumer's having it, at 1,000 tokens a second over TLS. */
  readonly lateness: number
  /** Time between tokens at the consumer when a whole answer is written at once. */
  readonly atOnce: number
}

/** Has a way of asking ask for what `order` says, `rounds` times, and gives its answers and the model's own notes. */
type AskInRounds = (
  way: Way,
  order: string,
  rounds: number,
) => Promise<{ readonly answers: readonly CostedAnswer[]; readonly own: readonly OwnTime[] }>

/** The first answers of a block only warm up. */
const WARMING = 2

const BLOCKS = 5

interface Samples {
  readonly lateness: number[]
  readonly cpu: number[]
  readonly atOnce: number[]
}

/** What a token costs each way. The ways take turns, so that what else the machine does falls on all of them. */
export async function tokenCosts(
  ways: readonly Way[],
  ask: AskInRounds,
): Promise<Readonly<Record<Way, TokenCost>>> {
  const samples: Readonly<Record<Way, Samples>> = {
    newRequest: noSamples(),
    keepAlive: noSamples(),
    session: noSamples(),
  }
  for (let block = 0; block < BLOCKS; block++) {
    for (const way of ways) await sample(samples[way], way, ask)
  }
  return {
    newRequest: medians(samples.newRequest),
    keepAlive: medians(samples.keepAlive),
    session: medians(samples.session),
  }
}

async function sample(into: Samples, way: Way, ask: AskInRounds): Promise<void> {
  const paced = await ask(way, "#paced 200", 3)
  for (const [at, { arrival }] of paced.answers.entries()) {
    const written = paced.own[at]?.written ?? []
    into.lateness.push(...arrival.deltas.map((received, token) => received - written[token]!))
  }
  const bursts = await ask(way, "#burst 2000", 10 + WARMING)
  into.cpu.push(...bursts.answers.slice(WARMING).map(({ cpuMs, arrival }) => cpuMs / arrival.deltas.length))
  const floods = await ask(way, "#flood 2000", 10 + WARMING)
  into.atOnce.push(...floods.answers.slice(WARMING).map(({ arrival }) => timeBetween(arrival.deltas)))
}

function timeBetween(moments: readonly number[]): number {
  return (moments.at(-1)! - moments[0]!) / (moments.length - 1)
}

function noSamples(): Samples {
  return { lateness: [], cpu: [], atOnce: [] }
}

function medians(samples: Samples): TokenCost {
  return {
    lateness: quantile(samples.lateness, 0.5),
    cpu: quantile(samples.cpu, 0.5),
    atOnce: quantile(samples.atOnce, 0.5),
  }
}
