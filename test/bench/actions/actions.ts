import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ScriptedModel } from "../../model/scripted/scripted-model.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { MIDDLE_PROJECT } from "../corpus/packages.ts"
import { placeProject } from "../corpus/projects.ts"
import { LspClient } from "../lsp-client.ts"
import { mulberry32, pickBelow } from "../random.ts"
import { quantile, rounded, tableLines } from "../table.ts"

/** Lines of the document, at least. */
const LINES = 5000
const LISTINGS = 600
/** Listings and rewrites that are not counted. */
const WARM_UP = 20
const REWRITES = 40
const SEED = 5

/** What is rewritten, at the end of the document, and its first new line. */
const OLD = ["export function tally(prices: number[]): number {", "  return prices.length", "}", ""]
const FIRST_LINE = "export function tally(prices: readonly number[]): number {"

/**
 * At the pipes of the real server, in a document of 5,000 lines with a model set: time from a request for actions to the
 * list, every other one right after a key; then from the end of the first new line that a model says to the edit that shows it.
 */
export const actionsBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const home = mkdtempSync(join(tmpdir(), "actions-bench-"))
  const text = [...longText(world), ...OLD].join("\n")
  const model = await ScriptedModel.start()
  const client = startServer(world, home, model.baseUrl)
  await client.request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(home).href,
    capabilities: { workspace: { applyEdit: true } },
  })
  client.notify("initialized", {})
  const uri = pathToFileURL(join(home, "long.ts")).href
  const listMs = await timeListings(client, uri, text)
  const firstLineMs = await timeFirstLines(client, model, uri, text)
  client.kill()
  await model.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  const rows = Object.entries({ "list of actions": listMs, "first line shown": firstLineMs }).map(
    ([name, ms]) => [
      name,
      String(ms.length),
      ...[0.5, 0.9, 0.99, 1].map(share => quantile(ms, share).toFixed(2)),
    ],
  )
  for (const line of tableLines(["ms", "n", "p50", "p90", "p99", "max"], rows)) world.say(line)
  return {
    listP50Ms: rounded(quantile(listMs, 0.5)),
    listP99Ms: rounded(quantile(listMs, 0.99)),
    firstLineP50Ms: rounded(quantile(firstLineMs, 0.5)),
    firstLineMaxMs: rounded(quantile(firstLineMs, 1)),
    lines: text.split("\n").length,
  }
}

/** Whole files of a real project, one behind the other. */
function longText(world: BenchWorld): readonly string[] {
  const lines: string[] = []
  for (const { path, text } of placeProject(world.corpus, MIDDLE_PROJECT).files) {
    if (lines.length >= LINES) break
    if (path.endsWith(".ts")) lines.push(...text.trimEnd().split("\n"), "")
  }
  return lines
}

function startServer(world: BenchWorld, home: string, baseUrl: string): LspClient {
  const settings = { model: { provider: "openai", baseUrl, live: { model: "m-live" } } }
  mkdirSync(join(home, "config", "pilotlight"), { recursive: true })
  writeFileSync(join(home, "config", "pilotlight", "settings.json"), JSON.stringify(settings))
  const program = join(world.repository, "dist", "pilotlight.cjs")
  const folders = { HOME: home, XDG_CONFIG_HOME: join(home, "config"), XDG_CACHE_HOME: join(home, "cache") }
  const env = { ...process.env, ...folders, OPENAI_API_KEY: "bench" }
  return new LspClient(process.execPath, [program, "--stdio"], home, env)
}

function open(client: LspClient, uri: string, text: string): void {
  const textDocument = { uri, languageId: "typescript", version: 1, text }
  client.notify("textDocument/didOpen", { textDocument })
}

async function timeListings(client: LspClient, uri: string, text: string): Promise<readonly number[]> {
  open(client, uri, text)
  const lines = text.split("\n")
  const random = mulberry32(SEED)
  const times: number[] = []
  for (let at = 0; at < LISTINGS + WARM_UP; at++) {
    const line = pickBelow(random, lines.length)
    const start = { line, character: pickBelow(random, lines[line]!.length + 1) }
    const range = { start, end: start }
    // A space goes in at one listing and out at the next but one, so that the text stays as long.
    if (at % 2 === 0) typeSpace(client, uri, at, at % 4 === 0)
    const began = performance.now()
    const context = { diagnostics: [] }
    await client.request("textDocument/codeAction", { textDocument: { uri }, range, context })
    if (at >= WARM_UP) times.push(performance.now() - began)
  }
  client.notify("textDocument/didClose", { textDocument: { uri } })
  return times
}

/** Types a space at the beginning of the document, or takes it away. */
function typeSpace(client: LspClient, uri: string, at: number, isIn: boolean): void {
  const start = { line: 0, character: 0 }
  const range = { start, end: isIn ? start : { line: 0, character: 1 } }
  client.notify("textDocument/didChange", {
    textDocument: { uri, version: at + 2 },
    contentChanges: [{ range, text: isIn ? " " : "" }],
  })
}

async function timeFirstLines(
  client: LspClient,
  model: ScriptedModel,
  uri: string,
  text: string,
): Promise<readonly number[]> {
  const times: number[] = []
  let onEdit = (): void => {}
  client.onRequest("workspace/applyEdit", () => {
    onEdit()
    return { applied: false }
  })
  const line = text.split("\n").length - OLD.length
  const start = { line, character: 0 }
  for (let at = 0; at < REWRITES + WARM_UP; at++) {
    open(client, uri, text)
    const argument = { uri, range: { start, end: start }, instruction: "take what can't be changed" }
    await client.request("workspace/executeCommand", { command: "pilotlight.edit", arguments: [argument] })
    const ask = await model.asked()
    const shown = new Promise<void>(resolve => {
      onEdit = resolve
    })
    ask.say("```ts\n", FIRST_LINE)
    // What came before has been read by the time that this is answered.
    await client.request("workspace/executeCommand", { command: "pilotlight.none", arguments: [] })
    const began = performance.now()
    ask.surface.delta("\n")
    await shown
    if (at >= WARM_UP) times.push(performance.now() - began)
    await client.request("workspace/executeCommand", { command: "pilotlight.stop", arguments: [] })
    client.notify("textDocument/didClose", { textDocument: { uri } })
  }
  return times
}
