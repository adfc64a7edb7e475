import { spawn } from "node:child_process"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { strictLog } from "../../../server/base/log.ts"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { FileReporter } from "../../../server/workspace/file-report.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import { EVERYTHING } from "../../../server/workspace/parse-messages.ts"
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
/** Passes of each kind over all files; the fastest counts, because others use the machine too. */
const PASSES = 3
const BATCH_BYTES = 256 << 10

/** What the parse child measured. */
interface PassTimes {
  readonly plainMs: number
  readonly indexMs: number
  readonly bytes: number
}

/**
 * What indexing costs beyond parsing, on one thread: everything a parse child does from path to message, against parsing
 * the same texts with the same parser. And how long the program takes to answer `initialize`.
 */
export const parseBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { plainMs, indexMs, bytes } = (await runChild(PARSE_CHILD)) as PassTimes
  const { folder } = placeProject(world.corpus, MIDDLE_PROJECT)
  const server = join(world.repository, "dist", "pilotlight.cjs")
  const [starts, bare]: [number[], number[]] = [[], []]
  for (let at = 0; at < STARTS; at++) {
    starts.push(await timeInitialize(server, folder))
    bare.push(await timeBareNode())
  }
  const figures = {
    indexOverParse: rounded(plainMs / indexMs),
    parseMBs: rounded(bytes / 1e3 / plainMs),
    indexMBs: rounded(bytes / 1e3 / indexMs),
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
  let [plainMs, indexMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let pass = 0; pass < PASSES; pass++) {
    plainMs = Math.min(plainMs, await timePlainPass(world, project))
    indexMs = Math.min(indexMs, await timeIndexPass(world, project))
  }
  sendToParent({ plainMs, indexMs, bytes: project.bytes } satisfies PassTimes)
  return {}
}

async function timePlainPass(world: BenchWorld, { files }: PlacedProject): Promise<number> {
  const languages = benchLanguages(world.repository)
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const byName = new Map(languages.all().map(language => [language.name, language]))
  const parserOf = new Map<string, ReturnType<typeof parsers.parserFor>>()
  const start = performance.now()
  for (const { path, text } of files) {
    const language = byName.get(languages.byPath(path)!.name)!
    if (!parserOf.has(language.name)) parserOf.set(language.name, parsers.parserFor(language))
    parserOf.get(language.name)!.parse(text, null, Number.MAX_SAFE_INTEGER)?.release()
    // Native trees are freed only when the event loop turns.
    await yieldToLoop()
  }
  return performance.now() - start
}

/** Reads from disk, lexes, parses, extracts and encodes, as a parse child does. */
async function timeIndexPass(world: BenchWorld, project: PlacedProject): Promise<number> {
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const reporter = new FileReporter(benchLanguages(world.repository), parsers, message => {
    throw new Error(message)
  })
  const start = performance.now()
  let bytes = 0
  for (const { path } of project.files) {
    bytes += reporter.add({ path: join(project.folder, path), hash: "", wants: 0, anew: EVERYTHING })
    if (bytes >= BATCH_BYTES) {
      encodeBatch(reporter.finish())
      bytes = 0
    }
    await yieldToLoop()
  }
  encodeBatch(reporter.finish())
  return performance.now() - start
}
