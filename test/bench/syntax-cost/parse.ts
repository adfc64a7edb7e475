import { spawn } from "node:child_process"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { strictLog } from "../../../server/base/log.ts"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { FileReporter } from "../../../server/workspace/file-report.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import { EVERYTHING, Wants } from "../../../server/workspace/parse-messages.ts"
import { encodeBatch } from "../../../server/workspace/shard-codec.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { runChild, sendToParent } from "../child.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { MIDDLE_PROJECT } from "../corpus/packages.ts"
import { type PlacedProject, placeProject } from "../corpus/projects.ts"
import { LspClient } from "../lsp-client.ts"
import { quantile, rounded, tableLines } from "../table.ts"

/** The argument that makes the bench's own bundle time parsing in a process of its own. */
export const PARSE_CHILD = "parse-passes"

const STARTS = 25
/** Passes of each kind over all files; the fastest counts. */
const PASSES = 3
const BATCH_BYTES = 256 << 10

/** What the parse child measured: processor time, ms, because others use the machine too. */
interface PassTimes {
  /** Parsing alone. */
  readonly plain: number
  /** Words and rough declarations of all files. */
  readonly scan: number
  /** Then what parsing finds in them. */
  readonly facts: number
  /** Then their tokens. */
  readonly tokens: number
  /** All of that in one pass. */
  readonly index: number
  readonly bytes: number
}

/** What each pass of a parse child wants, in this order, as it is when a project is first opened. */
const PASSES_WANT = { scan: Wants.words, facts: Wants.facts, tokens: Wants.tokens, index: EVERYTHING }

/**
 * What indexing costs beyond parsing, on one thread: everything a parse child does from path to message, against parsing
 * the same texts with the same parser. And how long the program takes to answer `initialize`.
 */
export const parseBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { plain, scan, facts, tokens, index, bytes } = (await runChild(PARSE_CHILD)) as PassTimes
  const { folder } = placeProject(world.corpus, MIDDLE_PROJECT)
  const server = join(world.repository, "dist", "pilotlight.cjs")
  const [starts, bare]: [number[], number[]] = [[], []]
  for (let at = 0; at < STARTS; at++) {
    starts.push(await timeInitialize(server, folder))
    bare.push(await timeBareNode())
  }
  const figures = {
    indexOverParse: rounded(plain / index),
    factsOverParse: rounded(plain / (scan + facts)),
    scanOfParse: rounded(scan / plain),
    tokensOfParse: rounded(tokens / plain),
    parseMBs: rounded(bytes / 1e3 / plain),
    indexMBs: rounded(bytes / 1e3 / index),
    scanMBs: rounded(bytes / 1e3 / scan),
    initializeMs: rounded(quantile(starts, 0.5)),
    bareNodeMs: rounded(quantile(bare, 0.5)),
    ratio: rounded(quantile(starts, 0.5) / quantile(bare, 0.5)),
  }
  for (const line of tableLines(Object.keys(figures), [Object.values(figures).map(String)])) world.say(line)
  return figures
}

/** Milliseconds from the start of the program to its reply to `initialize`. */
async function timeInitialize(server: string, folder: string): Promise<number> {
  const rootUri = pathToFileURL(folder).href
  const start = performance.now()
  const client = new LspClient(process.execPath, [server, "--stdio"], folder)
  await client.request("initialize", { processId: process.pid, rootUri, capabilities: {} })
  const ms = performance.now() - start
  await client.leave()
  return ms
}

function timeBareNode(): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" })
    child.once("error", reject)
    child.once("exit", () => resolve(performance.now() - start))
  })
}

/** Sends `PassTimes`: the fastest of several passes of each kind, in turn. */
export const parseChild: Bench = async (world: BenchWorld) => {
  const project = placeProject(world.corpus, MIDDLE_PROJECT)
  const hashes = new Map<string, string>()
  const times: Record<string, number> = {}
  const keep = (name: string, ms: number): void => {
    times[name] = Math.min(times[name] ?? Number.POSITIVE_INFINITY, ms)
  }
  for (let pass = 0; pass < PASSES; pass++) {
    keep("plain", await timePlainPass(world, project))
    for (const [name, wants] of Object.entries(PASSES_WANT)) {
      keep(name, await timeIndexPass(world, project, wants, hashes))
    }
  }
  sendToParent({ ...times, bytes: project.bytes })
  return {}
}

async function timePlainPass(world: BenchWorld, { files }: PlacedProject): Promise<number> {
  const languages = benchLanguages(world.repository)
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const byName = new Map(languages.all().map(language => [language.name, language]))
  const parserOf = new Map<string, ReturnType<typeof parsers.parserFor>>()
  const start = processorMs()
  for (const { path, text } of files) {
    const language = byName.get(languages.byPath(path)!.name)!
    if (!parserOf.has(language.name)) parserOf.set(language.name, parsers.parserFor(language))
    parserOf.get(language.name)!.parse(text, null, Number.MAX_SAFE_INTEGER)?.release()
    // Native trees are freed only when the event loop turns.
    await yieldToLoop()
  }
  return processorMs() - start
}

/** Reads from disk, finds what is wanted and encodes it, as a parse child does; leaves the hashes of the files. */
async function timeIndexPass(
  world: BenchWorld,
  project: PlacedProject,
  wants: number,
  hashes: Map<string, string>,
): Promise<number> {
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const reporter = new FileReporter(benchLanguages(world.repository), parsers, message => {
    throw new Error(message)
  })
  const send = (): void => {
    const batch = reporter.finish()
    for (const { path, facts } of batch.reports) if (facts !== null) hashes.set(path, facts.hash)
    encodeBatch(batch)
  }
  const start = processorMs()
  let bytes = 0
  for (const { path } of project.files) {
    const whole = join(project.folder, path)
    bytes += reporter.add({ path: whole, hash: hashes.get(whole) ?? "", wants, anew: wants })
    if (bytes >= BATCH_BYTES) {
      send()
      bytes = 0
    }
    await yieldToLoop()
  }
  send()
  return processorMs() - start
}

/** What this process has used of the processor since it began, ms. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
