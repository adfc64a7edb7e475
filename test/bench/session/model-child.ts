import { pauseUntil } from "../../model/scripted/pace.ts"
import type { ScriptedAsk } from "../../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../../model/scripted/scripted-model.ts"
import type { Bench } from "../bench.ts"
import { fireHose } from "./fire-hose.ts"
import { ANSWER_TOKENS, THINK_MS, TOKEN_MS } from "./script.ts"
import type { Identity } from "./self-signed.ts"

/** The argument that makes the bench's bundle serve as the scripted model. */
export const SESSION_MODEL = "session-model"

/** What the parent says to the model; it answers each with one message. */
export type ModelOrder = { readonly start: Identity | null } | { readonly take: true }

/** The model's own time for one answer, in ms: until its first token, and from its first to its last. */
export interface OwnTime {
  readonly first: number
  readonly rest: number
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

/** Answers as the ask's last words say: a long burst, a fire hose, or 64 tokens at the model's pace. */
async function answer(ask: ScriptedAsk): Promise<OwnTime | null> {
  const order = /#(burst|hose|hold) ?(\d*)$/.exec(ask.input)
  if (order?.[1] === "hose") return fireHose(ask, Number(order[2])).then(() => null)
  if (order?.[1] === "hold") {
    ask.say("held")
    setTimeout(() => ask.complete(), 5)
    return null
  }
  const asked = performance.now()
  const burst = order?.[1] === "burst"
  if (!burst) await pauseUntil(asked + THINK_MS)
  ask.surface.begin()
  const first = performance.now()
  const tokens = burst ? Number(order?.[2]) : ANSWER_TOKENS
  for (let at = 0; at < tokens; at++) {
    if (burst) await nextTurn()
    else await pauseUntil(first + at * TOKEN_MS)
    ask.surface.delta(" token")
  }
  const last = performance.now()
  ask.complete()
  return { first: first - asked, rest: last - first }
}

/** Tokens come one by one, however fast: no two in one turn of the event loop, where they would go out as one write. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
