import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { parseScript, type Script } from "./model/scripted/script.ts"
import { playStep } from "./model/scripted/scripted-ask.ts"
import { ScriptedModel } from "./model/scripted/scripted-model.ts"

const USAGE = `npm run model -- [--script FILE] [--port N]

A model server on this machine that answers from a script: the Responses API over a WebSocket and SSE,
chat completions, and the fill-in-the-middle surfaces of llama.cpp, Ollama, Mistral and DeepSeek.`

const DEFAULT: Script = { steps: [{ firstMs: 120, tokens: 12, tokenMs: 8 }] }

/** Starts the scripted model and says how to use it. Stops at an interrupt. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { script: { type: "string" }, port: { type: "string" }, help: { type: "boolean" } },
  })
  if (values.help === true) return console.log(USAGE)
  const script = values.script === undefined ? DEFAULT : parseScript(readFileSync(values.script, "utf8"))
  let asks = 0
  const model = await ScriptedModel.start({
    models: script.models ?? ["scripted"],
    lanes: script.lanes ?? true,
    port: Number(values.port ?? 8787),
    onAsk: ask => {
      const step = script.steps[Math.min(asks++, script.steps.length - 1)] ?? {}
      console.log(`${ask.surfaceName} ${ask.lane ?? "-"}: ${ask.input.slice(-80).replaceAll("\n", "\\n")}`)
      void playStep(ask, step)
    },
  })
  console.log(`answering at ${model.baseUrl} as ${model.traits.models.join(", ")}`)
}

await main()
