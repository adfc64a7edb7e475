import { pauseUntil } from "../../model/scripted/pace.ts"
import type { ScriptedAsk } from "../../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../../model/scripted/scripted-model.ts"
import type { Bench } from "../bench.ts"
import { fireHose } from "./fire-hose.ts"
import { ANSWER_TOKENS, THINK_MS, TOKEN_MS } from "./script.ts"
import type { Identity } from "./self-signed.ts"
import { sharedMs } from "./shared-clock.ts"

/** The argument that makes the bench's bundle serve as the scripted model. */
export const SESSION_MODEL = "session-model"

/** What the parent says to the model; it answers each with one message. */
export type ModelOrder = { readonly start: Identity | null } | { readonly take: true }

/** What the model notes of one answer of its own. */
export interface OwnTime {
  /** Its own time until its first token had been written, in ms, from when the whole ask was there. */
  readonly first: number
  /** When each token was written, just before, in ms of `sharedMs`. */
  readonly written: readonly number[]
}

/** Serves asks and notes how long each took by itself, so that all else is overhead. */
export const sessionModel: Bench = async () => {
  let taken: OwnTime[] = []
  process.on("message", async (order: ModelOrder) => {
    if ("take" in order) {
      process.send?.(taken)
      taken = []
      return
    }
    const model = await ScriptedModel.start({
      tls: order.start,
      models: ["m"],
      onAsk: ask => void answer(ask).then(own => own !== null && taken.push(own)),
    })
    process.send?.({ port: model.port })
  })
  await new Promise(resolve => process.once("disconnect", resolve))
  process.exit(0)
}

/** Answers as the ask's last words say; 64 tokens at the model's pace if they say nothing. */
async function answer(ask: ScriptedAsk): Promise<OwnTime | null> {
  const [, order, count] = /#(burst|hose|hold|paced|flood) ?(\d*)$/.exec(ask.input.slice(-20)) ?? []
  switch (order) {
    case "hose":
      return fireHose(ask, Number(count)).then(() => null)
    case "hold":
      ask.say("held")
      setTimeout(() => ask.complete(), 5)
      return null
    case "flood":
      ask.surface.deltas(" token", Number(count))
      ask.complete()
      return null
    case "burst":
      return sayTokens(ask, Number(count), nextTurn)
    case "paced":
      return sayTokens(ask, Number(count), pauseUntil)
    default:
      await pauseUntil(ask.arrivedAt + THINK_MS)
      return sayTokens(ask, ANSWER_TOKENS, pauseUntil)
  }
}

/** Says tokens one by one, waiting before each for `pace` to let it go at its moment. */
async function sayTokens(
  ask: ScriptedAsk,
  tokens: number,
  pace: (at: number) => Promise<void>,
): Promise<OwnTime> {
  ask.surface.begin()
  const start = performance.now()
  const written: number[] = []
  let first = 0
  for (let at = 0; at < tokens; at++) {
    await pace(start + at * TOKEN_MS)
    written.push(sharedMs())
    ask.surface.delta(" token")
    if (at === 0) first = performance.now() - ask.arrivedAt
  }
  ask.complete()
  return { first, written }
}

/** Tokens come one by one, however fast: no two in one turn of the event loop, where they would go out as one write. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
