import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { CANDIDATE_FEATURES } from "../../../server/embedded/candidate-features.ts"
import { VotePredictor } from "../../../server/embedded/prediction.ts"
import { VOTE_FEATURES, VOTE_GROUPS, VOTE_OFFSET } from "../../../server/embedded/vote-features.ts"
import type { Weights } from "../../../server/embedded/weights.ts"
import { WORD_FEATURES } from "../../../server/embedded/word-ranking.ts"
import type { Languages } from "../../../server/syntax/languages.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { benchLanguages, productTokens } from "../corpus/bench-languages.ts"
import { TRAINING_PAIRS } from "../corpus/packages.ts"
import { leaveOneOutSnapshots, releaseSnapshots } from "../embedded/snapshots.ts"
import type { Snapshot } from "../points/line-point.ts"
import { rounded } from "../table.ts"
import { type Lesson, teach, tokenLesson, wordLesson } from "./collect.ts"
import { type Examples, learn, meanLogShare, type Training } from "./learn.ts"
import { TokenExamples } from "./token-examples.ts"
import { WordExamples } from "./word-examples.ts"

/** Seeds of the points learned from, and of those that only tell how well they were learned. */
const LEARNED_SEED = 11
const CHECKED_SEED = 12
/** Points that check, for each that teaches. */
const CHECKED_SHARE = 0.2

const TOKEN_TRAINING: Training = { epochs: 25, rate: 0.06, decay: 3e-4, seed: LEARNED_SEED }
const WORD_TRAINING: Training = { epochs: 30, rate: 0.05, decay: 1e-3, seed: LEARNED_SEED }

/** What a lesson comes from. */
interface Classroom {
  readonly corpus: string
  readonly languages: Languages
  /** Points for each package and source. */
  readonly points: number
  /** Names of the packages. */
  readonly packages: readonly string[]
  readonly say: (line: string) => void
}

/**
 * Learns all constants of the engine anew from the training packages and writes them where the engine reads them, or to
 * `--out`. Votes and candidates come first, then the ranking of words, which builds on them.
 */
export const trainEngine: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: {
      points: { type: "string", default: "250" },
      packages: { type: "string" },
      out: { type: "string", default: join(world.repository, "server", "embedded", "weights.json") },
    },
  })
  const room: Classroom = {
    corpus: world.corpus,
    languages: benchLanguages(world.repository),
    points: Number(values.points),
    packages: values.packages?.split(",") ?? TRAINING_PAIRS.map(pair => pair.name),
    say: world.say,
  }
  const untaught: Weights = { vote: [], candidate: [], word: [] }
  const tokens = await study(room, {
    predictor: new VotePredictor(untaught),
    examples: () => new TokenExamples(VOTE_GROUPS, VOTE_FEATURES),
    lesson: tokenLesson,
    start: tokenStart(),
    training: TOKEN_TRAINING,
  })
  const votes = {
    vote: written(tokens.weights.subarray(0, VOTE_FEATURES)),
    candidate: written(tokens.weights.subarray(VOTE_FEATURES)),
  }
  const words = await study(room, {
    predictor: new VotePredictor({ ...untaught, ...votes }),
    examples: () => new WordExamples(),
    lesson: wordLesson,
    start: wordStart(),
    training: WORD_TRAINING,
  })
  const weights: Weights = { ...votes, word: written(words.weights) }
  writeFileSync(values.out, `${JSON.stringify(weights)}\n`)
  return { tokens: tokens.figures, words: words.figures }
}

/** What is studied, and how. */
interface Course<E extends Examples> {
  readonly predictor: VotePredictor
  readonly examples: () => E
  readonly lesson: (examples: E) => Lesson
  readonly start: Float64Array
  readonly training: Training
}

async function study<E extends Examples>(
  room: Classroom,
  course: Course<E>,
): Promise<{ weights: Float64Array; figures: Figures }> {
  const gather = async (seed: number, points: number): Promise<E> => {
    const examples = course.examples()
    const lesson = course.lesson(examples)
    for (const snapshot of trainingSnapshots(room, seed, points)) {
      await teach(snapshot, room.languages, course.predictor, lesson)
    }
    return examples
  }
  const learned = await gather(LEARNED_SEED, room.points)
  const checked = await gather(CHECKED_SEED, Math.ceil(room.points * CHECKED_SHARE))
  const weights = course.start
  room.say(`${learned.count} examples, ${checked.count} to check`)
  learn(learned, weights, course.training, (epoch, mean) => {
    if (epoch % 5 === 4) room.say(`  epoch ${epoch + 1}: mean log share ${mean.toFixed(4)}`)
  })
  const figures = {
    examples: learned.count,
    learnedLogShare: rounded(meanLogShare(learned, weights)),
    checkedLogShare: rounded(meanLogShare(checked, weights)),
  }
  return { weights, figures }
}

/** Lines that were added, and lines of files left out one by one, half as many: mixed, so that neither is overfitted. */
function* trainingSnapshots(room: Classroom, seed: number, points: number): Generator<Snapshot> {
  const pairs = TRAINING_PAIRS.filter(pair => room.packages.includes(pair.name))
  const tokenizers = [productTokens(room.languages)]
  const sampling = { corpus: room.corpus, points, seeds: [seed], tokenizers }
  yield* releaseSnapshots(sampling, pairs)
  yield* leaveOneOutSnapshots({ ...sampling, points: Math.ceil(points / 2) }, pairs)
}

/** Longer matches weigh more, wide rings less: from anywhere else the ascent takes long to find that. */
function tokenStart(): Float64Array {
  const weights = new Float64Array(VOTE_FEATURES + CANDIDATE_FEATURES)
  for (const [group, size, slope] of [
    ["shapeMatch", 12, 0.3],
    ["concreteMatch", 10, 0.3],
    ["ring", 8, -0.3],
  ] as const) {
    for (let at = 0; at < size; at++) weights[VOTE_OFFSET[group] + at] = slope * at
  }
  return weights
}

/** A word is as likely as its votes say. */
function wordStart(): Float64Array {
  const weights = new Float64Array(WORD_FEATURES)
  weights[0] = 1
  return weights
}

function written(weights: Float64Array): number[] {
  return Array.from(weights, weight => Number(weight.toFixed(2)))
}
