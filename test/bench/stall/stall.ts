import { availableParallelism } from "node:os"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { strictLog } from "../../../server/base/log.ts"
import { createThreadSorter } from "../../../server/embedded/sorter.ts"
import { openHost } from "../../../server/features/host.ts"
import { plainLexicon } from "../../../server/syntax/lexer.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import { defaultChildren } from "../../../server/workspace/workspace.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { runChild, sendToParent } from "../child.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { MANY_FILES } from "../corpus/packages.ts"
import { placeProject } from "../corpus/projects.ts"
import { rounded, tableLines } from "../table.ts"

/** The argument that makes the bench's own bundle index in a process of its own. */
export const STALL_CHILD = "stall-index"

/** How long the main thread is busy at a stretch while a project of at least 5,000 files is read and learnt. */
export const stallBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  // Placed here, so that the child measures nothing but indexing.
  const { files, lines } = placeProject(world.corpus, MANY_FILES)
  const measured = (await runChild(STALL_CHILD)) as Record<string, number>
  const figures = { ...measured, placedFiles: files.length, lines }
  for (const line of tableLines(Object.keys(figures), [Object.values(figures).map(String)])) world.say(line)
  return figures
}

/** Indexes as the server does, with a timer of 1 ms beside it: what it is late by is a stall. */
export const stallChild: Bench = async (world: BenchWorld) => {
  const { folder, bytes } = placeProject(world.corpus, MANY_FILES)
  const log = strictLog()
  const grammars = join(world.repository, "grammars")
  const dist = (name: string): string => join(world.repository, "dist", name)
  const host = openHost(
    {
      grammarFolders: [grammars],
      childEntry: dist("parse-child.cjs"),
      tokenEntry: dist("token-thread.cjs"),
      languages: () => benchLanguages(world.repository),
      parsers: () => createNativeParsers(packageLoader([grammars]), log),
      lexiconOf: language => language?.lexicon ?? plainLexicon,
      sorter: sorterLog => createThreadSorter(dist("sort-thread.cjs"), sorterLog),
    },
    { log, watch: false, children: defaultChildren(availableParallelism()) },
  )
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  // Nothing else keeps this process alive: its own children may not.
  const alive = setInterval(() => {}, 1000)
  const start = performance.now()
  const project = host.project([folder])
  await project.indexed
  const seconds = (performance.now() - start) / 1000
  delays.disable()
  clearInterval(alive)
  const { files, symbols } = project.workspace.stats()
  await host.dispose()
  const stallMs = (nanoseconds: number): number => rounded(Math.max(0, nanoseconds / 1e6 - 1))
  sendToParent({
    files,
    symbols,
    seconds: rounded(seconds),
    indexMBs: rounded(bytes / 1e6 / seconds),
    stallP50Ms: stallMs(delays.percentile(50)),
    stallP99Ms: stallMs(delays.percentile(99)),
    stallMaxMs: stallMs(delays.max),
  })
  return {}
}
