import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { MANY_FILES } from "../corpus/packages.ts"
import { readReleases } from "../corpus/projects.ts"
import { rounded, tableLines } from "../table.ts"
import { BranchedProject } from "./branch.ts"
import { type ParseCost, parseOnly } from "./parse-only.ts"
import { TreeSampler, useOfTree } from "./process-tree.ts"
import {
  type AbsorbCost,
  type IndexCost,
  PRODUCT_CHILD,
  type ProductOrder,
  type SaveCost,
} from "./product-child.ts"

/** Files that a branch switch touches. */
const SWITCHED_FILES = 2_000
/** Starts with a kept index; the quickest counts, because others use the machine too. */
const WARM_STARTS = 3
const MEGABYTE = 1e6

/** What one run of the product over the whole project cost. */
interface ProductRun extends IndexCost {
  readonly peakRss: number
  /** Of the product alone, once it has let its processes go, bytes; null if not waited for. */
  readonly steadyRss: number | null
  /** Processor time of the product's processes and of its main one while indexing, ms. */
  readonly childrenMs: number
  readonly mainMs: number
  readonly save: SaveCost | null
  readonly away: AbsorbCost | null
  readonly back: AbsorbCost | null
}

/** What a start cost when nothing had changed since the last run. */
interface WarmRun extends IndexCost {
  /** From the process's start until the kept index is there. */
  readonly restoredMs: number
  /** Until a first context is answered from it. */
  readonly firstContextMs: number
}

/**
 * What reading a project of a million lines costs: a cold start against two processes that only parse, memory over all
 * processes, and a branch switch. Options: `--rounds N` (cold and parse-only in turn, the best of each counts; 2),
 * `--quick` (no waiting for the memory after, no switch).
 */
export const indexBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: { rounds: { type: "string" }, quick: { type: "boolean" } },
  })
  const files = readReleases(world.corpus, MANY_FILES)
  const project = new BranchedProject(files)
  try {
    const rounds = Number(values.rounds ?? 2)
    const [runs, parses]: [ProductRun[], ParseCost[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      const whole = round === rounds - 1 && !values.quick
      const steps = [
        async (): Promise<number> => parses.push(await parseOnly(project.paths)),
        async (): Promise<number> => runs.push(await runProduct(project, whole)),
      ]
      for (const step of round % 2 === 0 ? steps : steps.reverse()) await step()
      sayRound(world, runs.at(-1)!, parses.at(-1)!)
    }
    const warm = values.quick ? null : await runWarm(project)
    return report(world, runs, parses, warm)
  } finally {
    project.remove()
  }
}

async function runProduct(project: BranchedProject, whole: boolean): Promise<ProductRun> {
  project.clearCache()
  const child = fork(process.argv[1]!, [PRODUCT_CHILD])
  const sampler = new TreeSampler(child.pid!)
  const { folder, cache } = project
  const cost = (await say(child, { run: "index", folder, cache, ask: null })) as IndexCost
  const used = { peakRss: sampler.peakRss, childrenMs: sampler.childrenMs, mainMs: sampler.rootMs }
  sampler.stop()
  const after = whole
    ? await runAfter(child, project)
    : { steadyRss: null, save: null, away: null, back: null }
  await say(child, { run: "leave" })
  return { ...cost, ...used, ...after }
}

async function runAfter(
  child: ChildProcess,
  project: BranchedProject,
): Promise<Pick<ProductRun, "steadyRss" | "save" | "away" | "back">> {
  const save = (await say(child, { run: "save" })) as SaveCost
  await untilAlone(child)
  const steadyRss = useOfTree(child.pid!).rss
  const absorb = async (paths: readonly string[]): Promise<AbsorbCost> =>
    (await say(child, { run: "absorb", paths })) as AbsorbCost
  const away = await absorb(project.switchAway(SWITCHED_FILES))
  await untilAlone(child)
  const back = await absorb(project.switchBack(SWITCHED_FILES))
  await say(child, { run: "save" })
  return { steadyRss, save, away, back }
}

async function runWarm({ folder, cache, paths }: BranchedProject): Promise<WarmRun> {
  const ask = paths[paths.length >> 1]!
  const runs: WarmRun[] = []
  for (let turn = 0; turn < WARM_STARTS; turn++) {
    const start = Date.now()
    const child = fork(process.argv[1]!, [PRODUCT_CHILD])
    const cost = (await say(child, { run: "index", folder, cache, ask })) as IndexCost
    await say(child, { run: "leave" })
    if (cost.answerTokens === 0) throw new Error("a warm start gave an empty context")
    runs.push({ ...cost, restoredMs: cost.restoredAt - start, firstContextMs: cost.answeredAt - start })
  }
  return runs.reduce((best, run) => (run.firstContextMs < best.firstContextMs ? run : best))
}

/** Resolves when the product has let go of the processes that it needs only while there is work. */
async function untilAlone(child: ChildProcess): Promise<void> {
  const sampler = new TreeSampler(child.pid!)
  await sampler.alone()
  sampler.stop()
}

async function say(child: ChildProcess, order: ProductOrder): Promise<unknown> {
  const answered = once(child, "message")
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the product ended with ${code}`)
  })
  child.send(order)
  const [answer] = await Promise.race([answered, ended])
  ended.catch(() => {})
  return answer
}

function sayRound({ say }: BenchWorld, run: ProductRun, parse: ParseCost): void {
  const seconds = (value: number): string => `${value.toFixed(2)} s`
  say(
    `parse only ${seconds(parse.seconds)} (processor ${seconds(parse.processorMs / 1000)}), ` +
      `index ${seconds(run.seconds)} (processor of children ${seconds(run.childrenMs / 1000)}, ` +
      `main ${seconds(run.mainMs / 1000)}), peak ${(run.peakRss / MEGABYTE).toFixed(0)} MB`,
  )
}

function report(
  { say }: BenchWorld,
  runs: readonly ProductRun[],
  parses: readonly ParseCost[],
  warm: WarmRun | null,
): Figures {
  const least = <T>(all: readonly T[], of: (each: T) => number): number => Math.min(...all.map(of))
  const { files, lines, symbols, steadyRss, save, away, back } = runs.at(-1)!
  const coldSeconds = least(runs, run => run.seconds)
  const overCold = (seconds: number | undefined): number | null =>
    seconds === undefined ? null : rounded(seconds / coldSeconds)
  const timed = [...runs, save, away, back, warm].filter(cost => cost !== null)
  const most = (of: (cost: SaveCost) => number): number => Math.max(...timed.map(of))
  const figures = {
    lines,
    files,
    symbols,
    scanSeconds: rounded(least(runs, run => run.scanSeconds)),
    coldSeconds: rounded(coldSeconds),
    learntSeconds: rounded(least(runs, run => run.learntSeconds)),
    parseSeconds: rounded(least(parses, parse => parse.seconds)),
    coldOverParse: rounded(least(parses, parse => parse.seconds) / coldSeconds),
    coldOverParseByProcessor: rounded(
      least(parses, parse => parse.processorMs) / least(runs, run => run.childrenMs),
    ),
    mainProcessorSeconds: rounded(least(runs, run => run.mainMs) / 1000),
    peakRssMB: rounded(Math.max(...runs.map(run => run.peakRss)) / MEGABYTE),
    steadyRssMB: steadyRss && rounded(steadyRss / MEGABYTE),
    warmFirstContextMs: warm && rounded(warm.firstContextMs),
    warmFirstContextProcessorMs: warm && rounded(warm.answeredProcessorMs),
    warmRestoredMs: warm && rounded(warm.restoredMs),
    warmSearchedSeconds: warm && rounded(warm.scanSeconds),
    warmLearntSeconds: warm && rounded(warm.learntSeconds),
    switchOverCold: overCold(away?.scanSeconds),
    switchParsedOverCold: overCold(away?.seconds),
    switchBackOverCold: overCold(back?.scanSeconds),
    switchBackParsedOverCold: overCold(back?.seconds),
    stallP99Ms: rounded(most(({ stallP99Ms }) => stallP99Ms)),
    stallMaxMs: rounded(most(({ stallMaxMs }) => stallMaxMs)),
  }
  for (const line of tableLines(
    ["figure", ""],
    Object.entries(figures).map(([name, value]) => [name, String(value)]),
  ))
    say(line)
  return figures
}
