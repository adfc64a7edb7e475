import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { MIDDLE_PROJECT } from "../corpus/packages.ts"
import { type PlacedProject, placeProject } from "../corpus/projects.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { LspClient } from "../lsp-client.ts"
import { mulberry32, pickBelow, shuffled } from "../random.ts"
import { quantile, rounded, tableLines } from "../table.ts"
import { type ReplyTimes, typeLineOver } from "./typed-line.ts"

const SEED = 21
/** Lines typed before the clock counts. */
const WARM_UP_LINES = 10
/** The server is given up if it has not indexed the project by then. */
const INDEX_LIMIT_MS = 120_000
const MIN_LINE = 8
const MAX_LINE = 100

/** Time from a request to its reply at the pipes of the real server, while real lines are typed into real files. */
export const replyBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: { lines: { type: "string", default: "60" } },
  })
  const project = placeProject(world.corpus, MIDDLE_PROJECT)
  const client = new LspClient(
    process.execPath,
    [join(world.repository, "dist", "pilotlight.cjs"), "--stdio"],
    project.folder,
  )
  const times = await typeLines(client, project, Number(values.lines)).finally(() => client.kill())
  const embedded = [...times.inline, ...times.list]
  const rows = (
    [
      ["inlineCompletion, new answer", times.inline],
      ["completion", times.list],
      ["inlineCompletion, typed as suggested", times.reuse],
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
    files: project.files.length,
    lines: project.lines,
    requests: embedded.length + times.reuse.length,
  }
}

/** Types lines of the project once it is indexed; the first few are not counted. */
async function typeLines(client: LspClient, project: PlacedProject, count: number): Promise<ReplyTimes> {
  await startAndIndex(client, project)
  const times: ReplyTimes = { inline: [], list: [], reuse: [] }
  const unused: ReplyTimes = { inline: [], list: [], reuse: [] }
  for (const [at, { file, line }] of pickLines(project, count + WARM_UP_LINES).entries()) {
    const uri = pathToFileURL(join(project.folder, file.path)).href
    await typeLineOver(client, uri, file.text, line, at < WARM_UP_LINES ? unused : times)
  }
  await client.leave()
  return times
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

/** Lines of code from different files, by index. */
function pickLines(project: PlacedProject, count: number): { file: SourceFile; line: number }[] {
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
