import { readFileSync } from "node:fs"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { strictLog } from "../../../server/base/log.ts"
import { estimateTokens } from "../../../server/context/token-estimate.ts"
import { createThreadSorter } from "../../../server/embedded/sorter.ts"
import { openHost } from "../../../server/features/host.ts"
import type { Project } from "../../../server/features/project.ts"
import { plainLexicon } from "../../../server/syntax/lexer.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import type { OpenDocuments } from "../../../server/workspace/open-documents.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import { Wants } from "../../../server/workspace/parse-messages.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { PROCESSES } from "./parse-only.ts"

/** The argument that makes the bench's own bundle run the product in a process of its own. */
export const PRODUCT_CHILD = "index-product"

/** Budget of the context that is asked for. */
const ASKED_TOKENS = 4_000

/** What the product's process is asked for, one after the other. */
export type ProductOrder =
  | { readonly run: "index"; readonly folder: string; readonly cache: string; readonly ask: string | null }
  | { readonly run: "save" }
  | { readonly run: "absorb"; readonly paths: readonly string[] }
  | { readonly run: "leave" }

/** How late the event loop was at a stretch, ms. */
interface Stalls {
  readonly stallP99Ms: number
  readonly stallMaxMs: number
}

/** How long the first pass over all files took, from opening the project, and what it found. */
export interface IndexCost extends Stalls {
  /** Until what was kept on disk is in the index. */
  readonly restoredSeconds: number
  /** When that was, ms since 1970. */
  readonly restoredAt: number
  /** When the context of the file asked about was there, ms since 1970, and how many tokens it has; 0 if none was. */
  readonly answeredAt: number
  readonly answerTokens: number
  /** Processor time of this process until what was kept was there, and until that answer, ms: says more on a busy machine. */
  readonly restoredProcessorMs: number
  readonly answeredProcessorMs: number
  /** Until the words and rough definitions of all files are known. */
  readonly scanSeconds: number
  /** Until every file is parsed. */
  readonly seconds: number
  /** Until the engine has learnt everything as well. */
  readonly learntSeconds: number
  readonly files: number
  readonly lines: number
  readonly symbols: number
}

/** How long it took to take changed files in. */
export interface AbsorbCost extends Stalls {
  /** Until the words and rough definitions of every changed file are known. */
  readonly scanSeconds: number
  /** Until all are parsed. */
  readonly seconds: number
}

/** How long it took to write the index to disk. */
export interface SaveCost extends Stalls {
  readonly seconds: number
}

/** Runs the product as the server does, without an editor, by the orders it is sent; answers each with one message. */
export const productChild: Bench = async (world: BenchWorld) => {
  let host: ReturnType<typeof openHost> | null = null
  let project: Project | null = null
  const run = async (order: ProductOrder): Promise<object> => {
    if (order.run === "index") {
      host = openProduct(world.repository, order.cache)
      project = host.project([order.folder])
      return index(project, host, order.ask)
    }
    if (order.run === "absorb") return absorb(project!, order.paths)
    if (order.run === "save") return save(project!)
    await host?.dispose()
    return {}
  }
  await new Promise<void>(resolve => {
    process.on("message", (order: ProductOrder) => {
      run(order).then(
        answer => process.send?.(answer, undefined, undefined, () => order.run === "leave" && resolve()),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  })
  process.disconnect()
  return {}
}

function openProduct(repository: string, cacheFolder: string): ReturnType<typeof openHost> {
  const log = strictLog()
  const grammars = join(repository, "grammars")
  const dist = (name: string): string => join(repository, "dist", name)
  return openHost(
    {
      grammarFolders: [grammars],
      childEntry: dist("parse-child.cjs"),
      tokenEntry: dist("token-thread.cjs"),
      cacheFolder,
      languages: () => benchLanguages(repository),
      parsers: () => createNativeParsers(packageLoader([grammars]), log),
      lexiconOf: language => language?.lexicon ?? plainLexicon,
      sorter: sorterLog => createThreadSorter(dist("sort-thread.cjs"), sorterLog),
    },
    { log, watch: false, children: PROCESSES },
  )
}

async function index(
  project: Project,
  host: ReturnType<typeof openHost>,
  ask: string | null,
): Promise<IndexCost> {
  const stalls = new StallWatch()
  const seconds = stopwatch()
  await project.workspace.restored
  const [restoredSeconds, restoredAt, restoredProcessorMs] = [seconds(), Date.now(), processorMs()]
  const answerTokens = ask === null ? 0 : await contextTokens(project, host.documents(project), ask)
  const [answeredAt, answeredProcessorMs] = [Date.now(), processorMs()]
  await project.indexed
  const { files, lines, symbols, scanSeconds, seconds: parsed } = project.workspace.stats()
  const counted = { files, lines, symbols, scanSeconds, seconds: parsed, answeredAt, answerTokens }
  const processor = { restoredProcessorMs, answeredProcessorMs }
  return { ...counted, ...processor, restoredSeconds, restoredAt, learntSeconds: seconds(), ...stalls.stop() }
}

/** Opens a file as an editor does and asks for the context of its middle; gives the tokens of the answer. */
async function contextTokens({ context }: Project, documents: OpenDocuments, path: string): Promise<number> {
  const text = readFileSync(path, "utf8")
  documents.open(uriOfPath(path), "", 1, text)
  const source = context.sourceFor(documents)
  const document = documents.all().find(each => each.path === path)!
  const selection = await source.gather(
    {
      document,
      offset: text.length >> 1,
      purpose: "complete",
      budget: ASKED_TOKENS,
      countTokens: estimateTokens,
    },
    new AbortController().signal,
  )
  return selection.tokens
}

async function absorb({ workspace }: Project, paths: readonly string[]): Promise<AbsorbCost> {
  const stalls = new StallWatch()
  const seconds = stopwatch()
  workspace.filesChanged(paths)
  await workspace.settled(Wants.words)
  const scanSeconds = seconds()
  await workspace.settled(Wants.facts)
  return { scanSeconds, seconds: seconds(), ...stalls.stop() }
}

async function save({ workspace }: Project): Promise<SaveCost> {
  const stalls = new StallWatch()
  const seconds = stopwatch()
  await workspace.saved()
  return { seconds: seconds(), ...stalls.stop() }
}

/** Processor time of this process, ms. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Gives the seconds since it was made. */
function stopwatch(): () => number {
  const start = performance.now()
  return () => (performance.now() - start) / 1000
}

/** A timer of 1 ms from its making on: what it is late by is a stall. */
class StallWatch {
  readonly #delays = monitorEventLoopDelay({ resolution: 1 })

  constructor() {
    this.#delays.enable()
  }

  stop(): Stalls {
    this.#delays.disable()
    const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - 1)
    return { stallP99Ms: ms(this.#delays.percentile(99)), stallMaxMs: ms(this.#delays.max) }
  }
}
