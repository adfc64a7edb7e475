import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { parseScript, type Script } from "./model/scripted/script.ts"
import { serveScript } from "./model/scripted/serve-script.ts"

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
  const model = await serveScript(script, Number(values.port ?? 8787), line => console.log(line))
  console.log(`answering at ${model.baseUrl} as ${model.traits.models.join(", ")}`)
}

/** A wrong option, a script that can't be read, a port that is taken: one sentence. */
function giveUp(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

await main().catch(giveUp)
