import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { strictLog } from "../../../server/base/log.ts"
import { createThreadSorter } from "../../../server/embedded/sorter.ts"
import { openHost } from "../../../server/features/host.ts"
import type { Project } from "../../../server/features/project.ts"
import { plainLexicon } from "../../../server/syntax/lexer.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { PROCESSES } from "./parse-only.ts"

/** The argument that makes the bench's own bundle run the product in a process of its own. */
export const PRODUCT_CHILD = "index-product"

/** What the product's process is asked for, one after the other. */
export type ProductOrder =
  | { readonly run: "index"; readonly folder: string }
  | { readonly run: "absorb"; readonly paths: readonly string[] }
  | { readonly run: "leave" }

/** How long the first pass over all files took, and what it found. */
export interface IndexCost {
  /** From opening the project until every file is parsed. */
  readonly seconds: number
  /** Until the engine has learnt everything as well. */
  readonly learntSeconds: number
  readonly files: number
  readonly lines: number
  readonly symbols: number
  /** How long the event loop was late at a stretch meanwhile, ms. */
  readonly stallP99Ms: number
  readonly stallMaxMs: number
}

/** How long it took to take changed files in. */
export interface AbsorbCost {
  /** Until every changed file is parsed. */
  readonly seconds: number
  readonly stallP99Ms: number
  readonly stallMaxMs: number
}

/** Runs the product as the server does, without an editor, by the orders it is sent; answers each with one message. */
export const productChild: Bench = async (world: BenchWorld) => {
  const host = openProduct(world.repository)
  let project: Project | null = null
  const run = async (order: ProductOrder): Promise<object> => {
    if (order.run === "index") {
      project = host.project([order.folder])
      return index(project)
    }
    if (order.run === "absorb") return absorb(project!, order.paths)
    await host.dispose()
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

function openProduct(repository: string): ReturnType<typeof openHost> {
  const log = strictLog()
  const grammars = join(repository, "grammars")
  const dist = (name: string): string => join(repository, "dist", name)
  return openHost(
    {
      grammarFolders: [grammars],
      childEntry: dist("parse-child.cjs"),
      languages: () => benchLanguages(repository),
      parsers: () => createNativeParsers(packageLoader([grammars]), log),
      lexiconOf: language => language?.lexicon ?? plainLexicon,
      sorter: sorterLog => createThreadSorter(dist("sort-thread.cjs"), sorterLog),
    },
    { log, watch: false, children: PROCESSES },
  )
}

async function index(project: Project): Promise<IndexCost> {
  const stalls = new StallWatch()
  const start = performance.now()
  await project.indexed
  const learntSeconds = (performance.now() - start) / 1000
  const { files, lines, symbols, seconds } = project.workspace.stats()
  return { seconds, learntSeconds, files, lines, symbols, ...stalls.stop() }
}

async function absorb({ workspace }: Project, paths: readonly string[]): Promise<AbsorbCost> {
  const stalls = new StallWatch()
  const start = performance.now()
  workspace.filesChanged(paths)
  await workspace.settled()
  return { seconds: (performance.now() - start) / 1000, ...stalls.stop() }
}

/** A timer of 1 ms from its making on: what it is late by is a stall. */
class StallWatch {
  readonly #delays = monitorEventLoopDelay({ resolution: 1 })

  constructor() {
    this.#delays.enable()
  }

  stop(): { stallP99Ms: number; stallMaxMs: number } {
    this.#delays.disable()
    const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - 1)
    return { stallP99Ms: ms(this.#delays.percentile(99)), stallMaxMs: ms(this.#delays.max) }
  }
}
