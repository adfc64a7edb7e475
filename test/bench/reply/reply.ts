import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { MANY_FILES, MIDDLE_PROJECT } from "../corpus/packages.ts"
import { type PlacedProject, placeProject } from "../corpus/projects.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { LspClient } from "../lsp-client.ts"
import { mulberry32, pickBelow, shuffled } from "../random.ts"
import { quantile, rounded, tableLines } from "../table.ts"
import { type AskCause, askTimesOver, INVOKED, ListeningModel, TYPED } from "./ask-times.ts"
import { type ReplyTimes, typeLineOver } from "./typed-line.ts"

const SEED = 21
/** Lines typed before the clock counts. */
const WARM_UP_LINES = 10
/** The server is given up if it has not indexed the project by then. */
const INDEX_LIMIT_MS = 120_000
const MIN_LINE = 8
const MAX_LINE = 100

/**
 * At the pipes of the real server, on a project of a million lines: time from a request to its reply without a model, while
 * real lines are typed into real files; then from a key to the ask that a model gets.
 */
export const replyBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const options = { lines: { type: "string", default: "60" }, quick: { type: "boolean" } } as const
  const { values } = parseArgs({ args: [...world.args], options })
  const project = placeProject(world.corpus, values.quick ? MIDDLE_PROJECT : MANY_FILES)
  const home = mkdtempSync(join(tmpdir(), "reply-bench-"))
  const picked = pickLines(project, Number(values.lines) + WARM_UP_LINES)
  const times = await typeLines(startServer(world, project, home), project, picked)
  const asks = await typeAsking(world, project, home, picked)
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  return report(world, project, times, asks)
}

function report(world: BenchWorld, project: PlacedProject, times: ReplyTimes, asks: AskTimes): Figures {
  const embedded = [...times.inline, ...times.list]
  const rows = (
    [
      ["inlineCompletion, new answer", times.inline],
      ["completion", times.list],
      ["inlineCompletion, typed as suggested", times.reuse],
      ["key to ask at the model, typed", asks.typed],
      ["key to ask at the model, invoked", asks.invoked],
    ] as const
  ).map(([name, ms]) => [
    name,
    String(ms.length),
    ...[0.5, 0.9, 0.99, 1].map(share => quantile(ms, share).toFixed(2)),
  ])
  for (const line of tableLines(["ms", "n", "p50", "p90", "p99", "max"], rows)) world.say(line)
  world.say(`on ${project.files.length} files, ${project.lines} lines`)
  return {
    embeddedP50Ms: rounded(quantile(embedded, 0.5)),
    embeddedP99Ms: rounded(quantile(embedded, 0.99)),
    reuseP99Ms: rounded(quantile(times.reuse, 0.99)),
    askP50Ms: rounded(quantile(asks.typed, 0.5)),
    askP99Ms: rounded(quantile(asks.typed, 0.99)),
    asks: asks.typed.length,
    invokedAskP50Ms: rounded(quantile(asks.invoked, 0.5)),
    invokedAskP99Ms: rounded(quantile(asks.invoked, 0.99)),
    files: project.files.length,
    lines: project.lines,
    requests: embedded.length + times.reuse.length,
  }
}

/** A server whose user has this home, and no other settings than those in it. */
function startServer(world: BenchWorld, project: PlacedProject, home: string): LspClient {
  const program = join(world.repository, "dist", "pilotlight.cjs")
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    OPENAI_API_KEY: "bench",
  }
  return new LspClient(process.execPath, [program, "--stdio"], project.folder, env)
}

/** Types lines of the project once it is indexed; the first few are not counted. */
async function typeLines(
  client: LspClient,
  project: PlacedProject,
  picked: readonly PickedLine[],
): Promise<ReplyTimes> {
  const times: ReplyTimes = { inline: [], list: [], reuse: [] }
  const unused: ReplyTimes = { inline: [], list: [], reuse: [] }
  await startAndIndex(client, project)
  for (const [at, { file, line }] of picked.entries()) {
    await typeLineOver(client, uriOf(project, file), file.text, line, at < WARM_UP_LINES ? unused : times)
  }
  await client.leave()
  return times
}

/** The same with a model in the user's settings; the index is on disk by now. Fewer lines: each key is an ask. */
async function typeAsking(
  world: BenchWorld,
  project: PlacedProject,
  home: string,
  picked: readonly PickedLine[],
): Promise<AskTimes> {
  const model = await ListeningModel.start()
  const settings = { model: { provider: "openai", baseUrl: model.baseUrl, live: { model: "m-live" } } }
  mkdirSync(join(home, "config", "pilotlight"), { recursive: true })
  writeFileSync(join(home, "config", "pilotlight", "settings.json"), JSON.stringify(settings))
  const client = startServer(world, project, home)
  await startAndIndex(client, project)
  const timesOf = async (cause: AskCause): Promise<readonly number[]> => {
    const times: number[] = []
    for (const [at, { file, line }] of picked.slice(0, Math.ceil(picked.length / 2)).entries()) {
      const asks = await askTimesOver(client, model, uriOf(project, file), file.text, line, cause)
      if (at >= WARM_UP_LINES) times.push(...asks)
    }
    return times
  }
  const times = { invoked: await timesOf(INVOKED), typed: await timesOf(TYPED) }
  await client.leave()
  await model.stop()
  return times
}

function uriOf(project: PlacedProject, file: SourceFile): string {
  return pathToFileURL(join(project.folder, file.path)).href
}

/** Opens the project and waits until the server says that it is indexed. */
async function startAndIndex(client: LspClient, project: PlacedProject): Promise<void> {
  const rootUri = pathToFileURL(project.folder).href
  const indexed = new Promise<void>((resolve, reject) => {
    AbortSignal.timeout(INDEX_LIMIT_MS).addEventListener("abort", () =>
      reject(new Error(`the server did not index ${project.files.length} files within ${INDEX_LIMIT_MS} ms`)),
    )
    client.onNotification("$/progress", params => {
      if ((params as { value: { kind: string } }).value.kind === "end") resolve()
    })
  })
  await client.request("initialize", {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: "project" }],
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      window: { workDoneProgress: true },
      workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { inlineCompletion: {}, completion: {} },
    },
  })
  client.notify("initialized", {})
  const first = project.files[0]!
  const uri = pathToFileURL(join(project.folder, first.path)).href
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "typescript", version: 1, text: first.text },
  })
  await indexed
  client.notify("textDocument/didClose", { textDocument: { uri } })
}

/** Milliseconds from a key to the ask, by why it was asked. */
interface AskTimes {
  readonly typed: readonly number[]
  readonly invoked: readonly number[]
}

interface PickedLine {
  readonly file: SourceFile
  /** By index. */
  readonly line: number
}

/** Lines of code from different files. */
function pickLines(project: PlacedProject, count: number): readonly PickedLine[] {
  const random = mulberry32(SEED)
  return shuffled(project.files, random)
    .flatMap(file => {
      const lines = file.text.split("\n")
      const code = lines.flatMap((line, at) => (isTypable(line) ? [at] : []))
      return code.length === 0 ? [] : [{ file, line: code[pickBelow(random, code.length)]! }]
    })
    .slice(0, count)
}

function isTypable(line: string): boolean {
  const code = line.trim()
  return code.length >= MIN_LINE && code.length <= MAX_LINE && !/^(\/\/|\/?\*)/.test(code)
}
