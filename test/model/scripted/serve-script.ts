import type { Script } from "./script.ts"
import { playStep, type ScriptedAsk } from "./scripted-ask.ts"
import { ScriptedModel } from "./scripted-model.ts"

/** Starts a model on a port that plays a script; `say` is told each ask in one line. Throws one sentence if the port is taken. */
export async function serveScript(
  script: Script,
  port: number,
  say: (line: string) => void,
): Promise<ScriptedModel> {
  let asks = 0
  const onAsk = (ask: ScriptedAsk): void => {
    const step = script.steps[Math.min(asks++, script.steps.length - 1)] ?? {}
    say(`${ask.surfaceName} ${ask.lane ?? "-"}: ${ask.input.slice(-80).replaceAll("\n", "\\n")}`)
    void playStep(ask, step)
  }
  const { models = ["scripted"], lanes = true, steering = false, keys = [] } = script
  const model = await ScriptedModel.start({ models, lanes, steering, keys, port, onAsk }).catch(error => {
    throw error.code === "EADDRINUSE"
      ? new Error(`port ${port} is taken; name another one with --port`)
      : error
  })
  for (const trouble of script.upgrades ?? []) {
    model.upgrades.push(typeof trouble === "number" ? { status: trouble } : trouble)
  }
  model.refusals.push(...(script.refusals ?? []).map(status => ({ status })))
  return model
}
