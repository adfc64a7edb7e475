import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { VotePredictor } from "../../../server/embedded/prediction.ts"
import { VOTE_FEATURES, VOTE_GROUPS } from "../../../server/embedded/vote-features.ts"
import type { Weights } from "../../../server/embedded/weights.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { benchLanguages, productTokens } from "../corpus/bench-languages.ts"
import { TRAINING_PAIRS } from "../corpus/packages.ts"
import { leaveOneOutSnapshots, releaseSnapshots } from "../embedded/snapshots.ts"
import { collectVotes } from "./collect.ts"
import { learnVotes, meanLogShare } from "./log-linear.ts"
import { VoteExampleList } from "./vote-examples.ts"

/** Seeds of the points learned from, and of those that only tell how well they were learned. */
const LEARNED_SEED = 11
const CHECKED_SEED = 12

/** Learns the engine's constants from the training packages and writes them where the engine reads them, or to `--out`. */
export const train: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: {
      points: { type: "string", default: "250" },
      epochs: { type: "string", default: "30" },
      packages: { type: "string" },
      out: { type: "string" },
    },
  })
  const shipped = join(world.repository, "server", "embedded", "weights.json")
  const before = JSON.parse(readFileSync(shipped, "utf8")) as Weights
  const chosen = values.packages?.split(",")
  const names = TRAINING_PAIRS.filter(pair => chosen === undefined || chosen.includes(pair.name))
  const collect = async (seed: number, points: number): Promise<VoteExampleList> => {
    const languages = benchLanguages(world.repository)
    const predictor = new VotePredictor(before.vote)
    const examples = new VoteExampleList(VOTE_GROUPS)
    const sampling = { corpus: world.corpus, points, seeds: [seed], tokenizers: [productTokens(languages)] }
    for (const source of [releaseSnapshots(sampling, names), leaveOneOutSnapshots(sampling, names)]) {
      for (const snapshot of source) await collectVotes(snapshot, languages, predictor, examples)
    }
    return examples
  }
  const examples = await collect(LEARNED_SEED, Number(values.points))
  const checked = await collect(CHECKED_SEED, Math.ceil(Number(values.points) / 5))
  world.say(`${examples.count} predictions to learn from, ${examples.hopeless} without a right vote left out`)
  const weights = new Float64Array(VOTE_FEATURES)
  weights.set(before.vote)
  const start = { learned: meanLogShare(examples, weights), checked: meanLogShare(checked, weights) }
  const training = { epochs: Number(values.epochs), rate: 0.08, decay: 1e-4, seed: LEARNED_SEED }
  learnVotes(examples, weights, training, (epoch, mean) => {
    if (epoch % 5 === 4) world.say(`  epoch ${epoch + 1}: mean log share ${mean.toFixed(4)}`)
  })
  const after: Weights = { ...before, vote: Array.from(weights, weight => Number(weight.toFixed(3))) }
  writeFileSync(values.out ?? shipped, `${JSON.stringify(after)}\n`)
  return {
    predictions: examples.count,
    checkedBefore: start.checked,
    checkedAfter: meanLogShare(checked, weights),
    learnedBefore: start.learned,
    learnedAfter: meanLogShare(examples, weights),
  }
}
