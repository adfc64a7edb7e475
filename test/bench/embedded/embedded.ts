import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { HELD_BACK_PAIRS, type PinnedPair, SCORED_PAIRS } from "../corpus/packages.ts"
import type { SourceLanguage } from "../corpus/source-files.ts"
import type { Snapshot } from "../points/line-point.ts"
import { percent, rounded, tableLines } from "../table.ts"
import { answerCost } from "./answer-cost.ts"
import type { Contestant } from "./contest.ts"
import { Contest } from "./contest-run.ts"
import { BASELINE_NAMES, lineUp, PROTOTYPE_NAMES, UNMASKED_NAMES } from "./contestants/line-up.ts"
import { QUALITY_KEYS, type Quality, qualityBy } from "./quality.ts"
import { historySnapshots, leaveOneOutSnapshots, releaseSnapshots, type Sampling } from "./snapshots.ts"

/** Points for each package and seed: in a full run, in a quick one, and for figures that are not scored. */
const FULL_POINTS = 120
const QUICK_POINTS = 40
const EXTRA_POINTS = 80

interface Options {
  readonly points: number
  readonly seeds: readonly number[]
  readonly pairs: readonly PinnedPair[]
  readonly engines: readonly string[]
  readonly folders: readonly string[]
  readonly language: SourceLanguage
  readonly extras: boolean
  readonly cost: boolean
}

/**
 * Quality of the embedded engine beside the prototype and the baselines, on the same points: the mean over the replayed
 * packages (and `--git` folders) and seeds. Then, with nothing else running, what an answer costs.
 */
export const embeddedBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const options = readOptions(world.args)
  const { contestants, tokenizers } = await lineUp(world.repository, options.engines)
  const { points, seeds } = options
  const sampling: Sampling = { corpus: world.corpus, points, seeds, tokenizers }
  const scored = await play(
    world,
    [
      releaseSnapshots(sampling, options.pairs),
      historySnapshots(sampling, options.folders, options.language),
    ],
    contestants,
  )
  world.say(`\nMean of ${scored.groups().length} projects, ${scored.points} points`)
  sayQuality(world, scored, name => scored.quality(name))
  world.say(
    `seconds: ${scored
      .names()
      .map(name => `${name} ${scored.seconds(name).toFixed(0)}`)
      .join(", ")}`,
  )
  if (options.extras) await playExtras(world, sampling, options, contestants)
  for (const contestant of contestants) await contestant.dispose()
  const cost = options.cost ? await answerCost(world) : {}
  return { ...figuresOf(scored), ...cost }
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      points: { type: "string" },
      seeds: { type: "string", default: "21,22,23" },
      packages: { type: "string" },
      engines: { type: "string", default: "" },
      git: { type: "string", multiple: true, default: [] },
      lang: { type: "string", default: "ts" },
      "no-extras": { type: "boolean", default: false },
      "no-cost": { type: "boolean", default: false },
    },
  })
  const chosen = values.packages?.split(",")
  return {
    points: Number(values.points ?? (values.quick ? QUICK_POINTS : FULL_POINTS)),
    seeds: values.seeds.split(",").map(Number),
    pairs: chosen
      ? [...SCORED_PAIRS, ...HELD_BACK_PAIRS].filter(pair => chosen.includes(pair.name))
      : SCORED_PAIRS,
    engines: values.engines.split(",").filter(Boolean),
    folders: values.git,
    language: values.lang as SourceLanguage,
    extras: !values.quick && !values["no-extras"],
    cost: !values["no-cost"],
  }
}

/** Plays all snapshots and says the figures of each group when it is done. */
async function play(
  world: BenchWorld,
  sources: readonly Iterable<Snapshot>[],
  contestants: readonly Contestant[],
): Promise<Contest> {
  const contest = new Contest()
  for (const source of sources) {
    for (const snapshot of source) {
      const known = contest.groups().includes(snapshot.group)
      await contest.play(snapshot, contestants)
      if (known) continue
      world.say(`\n${snapshot.group}: ${snapshot.files.length} files, ${snapshot.points.length} points`)
      sayQuality(world, contest, name => contest.groupQuality(snapshot.group, name))
    }
  }
  return contest
}

/** Figures that are shown but not scored: packages held back, lines of files left out one by one, this repository's own history. */
async function playExtras(
  world: BenchWorld,
  sampling: Sampling,
  options: Options,
  contestants: readonly Contestant[],
): Promise<void> {
  const few = { ...sampling, points: EXTRA_POINTS, seeds: sampling.seeds.slice(0, 1) }
  const masked = contestants.filter(({ name }) => !UNMASKED_NAMES.includes(name))
  for (const [title, source] of [
    ["packages held back", releaseSnapshots(few, HELD_BACK_PAIRS)],
    ["one file left out", leaveOneOutSnapshots(few, options.pairs)],
    ["this repository's history", historySnapshots(few, [world.repository], "ts")],
  ] as const) {
    const contest = new Contest()
    for (const snapshot of source) await contest.play(snapshot, masked)
    if (contest.points === 0) continue
    world.say(`\nNot scored, ${title}: ${contest.points} points`)
    sayQuality(world, contest, name => contest.quality(name))
  }
}

function sayQuality(world: BenchWorld, contest: Contest, quality: (name: string) => Quality): void {
  const rows = contest.names().map(name => {
    const figures = quality(name)
    return [name, ...QUALITY_KEYS.map(key => percent(figures[key]))]
  })
  for (const line of tableLines(["%", ...QUALITY_KEYS], rows)) world.say(line)
}

/** The keys of `--json`: the product's own, the prototype's best for each key (null where it is absent), each baseline's. */
function figuresOf(contest: Contest): Figures {
  const played = contest.names()
  const quality = (name: string): Quality => qualityBy(key => rounded(contest.quality(name)[key]))
  const best = (names: readonly string[]): Quality | null =>
    names.every(name => played.includes(name))
      ? qualityBy(key => Math.max(...names.map(name => quality(name)[key])))
      : null
  const baselines = BASELINE_NAMES.filter(name => played.includes(name)).map(name => [name, quality(name)])
  return {
    ...(played.includes("product") ? quality("product") : {}),
    points: contest.points,
    prototype: best(PROTOTYPE_NAMES),
    prototypeUnmasked: best(UNMASKED_NAMES),
    baselines: Object.fromEntries(baselines),
  }
}
