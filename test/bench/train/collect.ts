import type { EmbeddedEngine, Study } from "../../../server/embedded/engine.ts"
import type { VotePredictor } from "../../../server/embedded/prediction.ts"
import { VOTE_GROUPS } from "../../../server/embedded/vote-features.ts"
import {
  describeOption,
  probabilityTerm,
  unseenFeature,
  wordOptions,
} from "../../../server/embedded/word-ranking.ts"
import type { Languages } from "../../../server/syntax/languages.ts"
import { TokenKind } from "../../../server/syntax/tokens.ts"
import type { DocumentSnapshot } from "../../../server/workspace/document.ts"
import { learnedEngine, projectDocument } from "../embedded/contestants/product.ts"
import type { LinePoint, Snapshot } from "../points/line-point.ts"
import { mulberry32, pickBelow } from "../random.ts"
import type { TokenExample, TokenExamples } from "./token-examples.ts"
import type { WordExample, WordExamples } from "./word-examples.ts"

/** Predictions taken from each line besides the one of its end, and words typed in it. */
const TOKENS_PER_LINE = 5
const WORDS_PER_LINE = 3
const MAX_TYPED = 3
const SEED = 9
/** More features than one option ever has. */
const FEATURE_ROOM = 64

/** Adds what one engine knows at places of one point to some examples. */
export type Lesson = (engine: EmbeddedEngine, point: LinePoint, visible: Visible) => void

/** The point's document with everything from an offset to the line's end hidden. */
type Visible = (offset: number) => DocumentSnapshot

/** Gives a lesson at every point of a snapshot, to an engine that learned its files; votes are weighed by `predictor`. */
export async function teach(
  snapshot: Snapshot,
  languages: Languages,
  predictor: VotePredictor,
  lesson: Lesson,
): Promise<void> {
  const engine = await learnedEngine(snapshot.files, languages, { predictor })
  let version = 0
  for (const point of snapshot.points) {
    lesson(engine, point, offset => {
      const text = point.text.slice(0, offset) + point.text.slice(point.resume)
      return projectDocument(point.path, text, version++, languages)
    })
  }
  await engine.dispose()
}

/**
 * Predictions of tokens and of the line's end. Half of the places lie before the white space of their token: an engine
 * that decodes, or is typed at, does not know yet whether there will be any.
 */
export function tokenLesson(examples: TokenExamples): Lesson {
  const random = mulberry32(SEED)
  return (engine, point, visible) => {
    const { starts, ends } = point
    const study = (offset: number, wanted: string): void => {
      const example = tokenExample(engine.study(visible(offset), offset), wanted)
      if (example !== null) examples.add(example)
    }
    const step = Math.max(1, Math.floor(starts.length / TOKENS_PER_LINE))
    for (let token = 0; token < starts.length; token += step) {
      const early = token > 0 && random() < 0.5
      study(early ? ends[token - 1]! : starts[token]!, wordAt(point, token))
    }
    study(ends.at(-1)!, "\n")
  }
}

/** Choices of words: half of them have few letters typed, the others any number. */
export function wordLesson(examples: WordExamples): Lesson {
  const random = mulberry32(SEED)
  return (engine, point, visible) => {
    const words = point.kinds.flatMap((kind, token) =>
      kind <= TokenKind.keyword && wordAt(point, token).length >= 2 ? [token] : [],
    )
    for (let count = 0; count < WORDS_PER_LINE && words.length > 0; count++) {
      const token = words[pickBelow(random, words.length)]!
      const wanted = wordAt(point, token)
      const most = random() < 0.5 ? Math.min(MAX_TYPED, wanted.length) : wanted.length
      const typed = 1 + pickBelow(random, most)
      const offset = point.starts[token]! + typed
      examples.add(wordExample(engine.studyWord(visible(offset), offset, typed), wanted))
    }
  }
}

function wordAt(point: LinePoint, token: number): string {
  return point.text.slice(point.starts[token], point.ends[token])
}

/** Null where nothing voted for the wanted token. */
function tokenExample({ votes, describer, textOf }: Study, wanted: string): TokenExample | null {
  const indices = new Map<number, number>()
  const candidates = new Uint16Array(votes.count)
  const own: number[] = []
  const ends: number[] = []
  let wantedIndex = -1
  for (let vote = 0; vote < votes.count; vote++) {
    const token = votes.tokens[vote]!
    let index = indices.get(token)
    if (index === undefined) {
      index = indices.size
      indices.set(token, index)
      const count = describer.describe(token)
      own.push(...describer.out.subarray(0, count))
      ends.push(own.length)
      if (wantedIndex < 0 && textOf(token) === wanted) wantedIndex = index
    }
    candidates[vote] = index
  }
  if (wantedIndex < 0) return null
  const features = votes.features.slice(0, votes.count * VOTE_GROUPS)
  return { candidates, features, own: Uint16Array.from(own), ends, wanted: wantedIndex }
}

function wordExample(
  { query, describer, textOf }: ReturnType<EmbeddedEngine["studyWord"]>,
  wanted: string,
): WordExample {
  const options = wordOptions(query)
  const room = new Int32Array(FEATURE_ROOM)
  return {
    terms: Float64Array.from(options, probabilityTerm),
    features: options.map(option =>
      Uint16Array.from(room.subarray(0, describeOption(option, query, describer, room))),
    ),
    unseen: unseenFeature(query),
    wanted: options.findIndex(option => textOf(option.token) === wanted),
  }
}
