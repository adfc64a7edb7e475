import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { fetchPackage, sourceFolder } from "../corpus/fetch.ts"
import { type PinnedPair, SCORED_PAIRS } from "../corpus/packages.ts"
import type { Snapshot, Tokenize } from "../points/line-point.ts"
import { replayRelease } from "../points/releases.ts"
import { percent, rounded, tableLines } from "../table.ts"
import type { Contestant } from "./contest.ts"
import { Contest } from "./contest-run.ts"
import { PrototypeContestant, PrototypeProject } from "./contestants/prototype.ts"
import { loadPrototype, prototypeTokens } from "./contestants/prototype-modules.ts"
import { tokensOf } from "./language-lexicons.ts"
import { QUALITY_KEYS, type Quality, qualityBy } from "./quality.ts"

/** Quality of the embedded engine beside the prototype and the baselines. */
export const embeddedBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: {
      points: { type: "string", default: "120" },
      seeds: { type: "string", default: "21,22,23" },
      packages: { type: "string", default: "" },
      engines: { type: "string", default: "" },
    },
  })
  const seeds = values.seeds.split(",").map(Number)
  const prototype = await loadPrototype(world.repository)
  const tokenizers: Tokenize[] = [tokensOf]
  const contestants: Contestant[] = []
  if (prototype) {
    tokenizers.push((path, text) => prototypeTokens(prototype, path, text))
    const hidden = new PrototypeProject(prototype, true)
    const shown = new PrototypeProject(prototype, false)
    contestants.push(new PrototypeContestant("vote", hidden, "vote"))
    contestants.push(new PrototypeContestant("rerank", hidden, "rerank"))
    contestants.push(new PrototypeContestant("vote leaky", shown, "vote"))
    contestants.push(new PrototypeContestant("rerank leaky", shown, "rerank"))
  }
  const contest = new Contest()
  for (const pair of SCORED_PAIRS.filter(p => values.packages === "" || values.packages.split(",").includes(p.name))) {
    const t = performance.now()
    const snapshot = replayPair(world, pair, Number(values.points), seeds, tokenizers)
    world.say(`${pair.name}: ${snapshot.points.length} points, drawn in ${Math.round(performance.now() - t)} ms`)
    await contest.play(snapshot, contestants)
    world.say(`  ${Math.round(performance.now() - t)} ms`)
    for (const line of tableLines(["", ...QUALITY_KEYS], contest.names().map(n => row(n, contest.groupQuality(pair.name, n))))) world.say(line)
  }
  for (const line of tableLines(["", ...QUALITY_KEYS], contest.names().map(n => row(n, contest.quality(n))))) world.say(line)
  return qualityBy(key => rounded(contest.quality("vote")[key]))
}

function row(name: string, quality: Quality): string[] {
  return [name, ...QUALITY_KEYS.map(key => percent(quality[key]))]
}

/** One scored pair as a snapshot. */
function replayPair(world: BenchWorld, pair: PinnedPair, count: number, seeds: readonly number[], tokenizers: readonly Tokenize[]): Snapshot {
  const folder = (version: string): string => sourceFolder(fetchPackage(world.corpus, pair.name, version))
  return replayRelease({ name: pair.name, before: folder(pair.before), after: folder(pair.after) }, count, seeds, tokenizers)
}
