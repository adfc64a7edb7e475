import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { runChild } from "../child.ts"
import { percent, quantile, rounded, tableLines } from "../table.ts"
import { BASELINES, baselines } from "./baselines/line-up.ts"
import { COLD_CHILD, type ColdCost } from "./cold-answers.ts"
import { Contest, SETTINGS, type Setting } from "./contest.ts"
import type { Contestant } from "./contestant.ts"
import { Product } from "./product.ts"
import {
  type ContextProject,
  HELD_BACK_PROJECTS,
  placeContext,
  SCORED_PROJECTS,
  TRAINING_PROJECTS,
} from "./projects.ts"
import { BUDGET_KEYS, type ByBudget } from "./score.ts"
import { truthOf } from "./truth-cache.ts"

/** Lines of each project in a full run and in a quick one. */
const FULL_LINES = 300
const QUICK_LINES = 60

interface Options {
  readonly lines: number
  readonly seed: number
  readonly projects: readonly ContextProject[]
  /** Names of contestants; empty for all. */
  readonly only: readonly string[]
  /** File for what was missed, or null. */
  readonly dump: string | null
  /** Whether to measure what answers cost in a large project. */
  readonly cost: boolean
}

/**
 * How much of the code that a masked line names is in the context that is chosen for it: of the names in real lines that
 * are declared in other files, the share whose declaration is in a context of 1k, 4k and 16k tokens. The mean over the
 * projects; beside it, on the same lines, baselines.
 */
export const contextBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const options = readOptions(world.args)
  const contest = new Contest()
  for (const project of options.projects) await playProject(world, options, project, contest)
  if (contest.projects().length > 1) {
    world.say(`\nMean of ${contest.projects().length} projects`)
    sayFigures(world, contest, (name, setting, key) => contest.figure(name, setting, key))
  }
  if (options.dump !== null) {
    writeFileSync(
      options.dump,
      contest
        .misses()
        .map(miss => `${JSON.stringify(miss)}\n`)
        .join(""),
    )
  }
  const cost = options.cost ? await coldCost(world) : {}
  return { ...figuresOf(contest), ...cost }
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      lines: { type: "string" },
      seed: { type: "string", default: "1" },
      projects: { type: "string" },
      only: { type: "string", default: "" },
      "held-back": { type: "boolean", default: false },
      dump: { type: "string" },
      "no-cost": { type: "boolean", default: false },
    },
  })
  const chosen = values.projects?.split(",")
  const all = [...SCORED_PROJECTS, ...HELD_BACK_PROJECTS, ...TRAINING_PROJECTS]
  const standard = values["held-back"] ? HELD_BACK_PROJECTS : SCORED_PROJECTS
  return {
    lines: Number(values.lines ?? (values.quick ? QUICK_LINES : FULL_LINES)),
    seed: Number(values.seed),
    projects: chosen ? all.filter(({ name }) => chosen.includes(name)) : standard,
    only: values.only.split(",").filter(Boolean),
    dump: values.dump ?? null,
    cost: !values["no-cost"],
  }
}

async function playProject(
  world: BenchWorld,
  options: Options,
  which: ContextProject,
  contest: Contest,
): Promise<void> {
  const project = placeContext(world.corpus, which)
  const truth = truthOf(world.corpus, project, options.seed, options.lines)
  const isAsked = (name: string): boolean => options.only.length === 0 || options.only.includes(name)
  const asked: Contestant[] = baselines(project, truth).filter(({ name }) => isAsked(name))
  if (isAsked("product")) asked.push(await Product.start(world.repository, project))
  for (const contestant of asked) {
    for (const setting of SETTINGS) await contest.play(project, truth, setting, contestant)
    await contestant.dispose()
  }
  const names = truth.lines.reduce((sum, { targets }) => sum + targets.length, 0)
  world.say(
    `\n${project.name}: ${project.files.length} files, ${truth.lines.length} lines with ${names} names of other files`,
  )
  sayFigures(
    world,
    contest,
    (name, setting, key) => contest.projectFigure(project.name, name, setting, key),
    name => [0.5, 0.99].map(share => quantile(contest.times(project.name, name), share).toFixed(1)),
  )
}

/** What an answer costs in a large project that was just indexed. */
async function coldCost(world: BenchWorld): Promise<Figures> {
  const { answers, bytes } = (await runChild(COLD_CHILD)) as ColdCost
  const times = answers.map(({ ms }) => ms)
  const cpu = answers.map(({ cpuMs }) => cpuMs)
  const shares = [0.5, 0.9, 0.99, 1]
  world.say(`\nan answer of 4k tokens in ${(bytes / 1e6).toFixed(1)} MB just indexed, ms`)
  const rows = [
    ["by the clock", ...shares.map(share => quantile(times, share).toFixed(1)), times[0]!.toFixed(1)],
    ["processor", ...shares.map(share => quantile(cpu, share).toFixed(1)), cpu[0]!.toFixed(1)],
  ]
  for (const line of tableLines([`${answers.length} answers`, "p50", "p90", "p99", "max", "first"], rows))
    world.say(line)
  return {
    p50Ms: rounded(quantile(times, 0.5)),
    p99Ms: rounded(quantile(times, 0.99)),
    firstMs: rounded(times[0]!),
    p50CpuMs: rounded(quantile(cpu, 0.5)),
    p99CpuMs: rounded(quantile(cpu, 0.99)),
  }
}

type FigureOf = (name: string, setting: Setting, key: keyof ByBudget<unknown>) => number

function sayFigures(
  world: BenchWorld,
  contest: Contest,
  figure: FigureOf,
  times: ((name: string) => readonly string[]) | null = null,
): void {
  const head = ["%", ...BUDGET_KEYS, ...BUDGET_KEYS.map(key => `hidden ${key}`)]
  const rows = contest
    .contestants()
    .map(name => [
      name,
      ...SETTINGS.flatMap(setting => BUDGET_KEYS.map(key => percent(figure(name, setting, key)))),
      ...(times?.(name) ?? []),
    ])
  for (const line of tableLines([...head, ...(times ? ["p50 ms", "p99 ms"] : [])], rows)) world.say(line)
}

function figuresOf(contest: Contest): Figures {
  const played = contest.contestants()
  const recall = (names: readonly string[], figure: FigureOf): Figures =>
    Object.fromEntries(
      SETTINGS.map(setting => [
        setting,
        Object.fromEntries(
          BUDGET_KEYS.map(key => [key, rounded(Math.max(...names.map(name => figure(name, setting, key))))]),
        ),
      ]),
    )
  const all = (figure: FigureOf): Figures => ({
    ...(played.includes("product") ? recall(["product"], figure) : {}),
    baselines: Object.fromEntries(
      [...BASELINES]
        .filter(([, names]) => names.every(name => played.includes(name)))
        .map(([name, names]) => [name, recall(names, figure)]),
    ),
  })
  return {
    ...all((name, setting, key) => contest.figure(name, setting, key)),
    projects: Object.fromEntries(
      contest
        .projects()
        .map(project => [
          project,
          all((name, setting, key) => contest.projectFigure(project, name, setting, key)),
        ]),
    ),
  }
}
