import { pauseUntil } from "../../model/scripted/pace.ts"
import type { ScriptedAsk } from "../../model/scripted/scripted-ask.ts"

/**
 * Deltas per second that all open hoses say together: a hundred lanes of a model with 1,000 tokens a second, and a
 * quarter more for the pauses between answers.
 */
const HOSE_PER_SECOND = 125_000

/** Lanes that share the rate. */
export const HOSES = 10

/** Says `count` deltas at this lane's share of the rate, several to a write as they fall due. */
export async function fireHose(ask: ScriptedAsk, count: number): Promise<void> {
  ask.surface.begin()
  const start = performance.now()
  let said = 0
  while (said < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) / 1000) * (HOSE_PER_SECOND / HOSES)))
    if (due > said) ask.surface.deltas(" token", due - said)
    said = due
    await pauseUntil(performance.now() + 1)
  }
  ask.complete()
}
