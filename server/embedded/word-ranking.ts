import { PACK_KIND, PACK_SPACE, packToken } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { CANDIDATE_FEATURES, type CandidateDescriber } from "./candidate-features.ts"
import { idOf, isWord, type OpenDocument } from "./open-document.ts"
import type { Candidate } from "./prediction.ts"
import type { WordCandidate } from "./suggestion.ts"

/** A word that may be meant, with its probability among all that begin as typed. */
export interface RankedWord extends Candidate {
  readonly source: WordCandidate["source"]
}

/** What stands before and around a word that is being typed. */
export interface WordQuery {
  readonly document: OpenDocument
  /** At least one unit. */
  readonly typed: string
  /** Index of the token being typed. */
  readonly token: number
  /** What may stand there, best first, whatever is typed. */
  readonly voted: readonly Candidate[]
  /** Further words of the project that begin as typed; asked for only when votes and document give fewer than `few`. */
  readonly others: () => readonly { readonly text: string; readonly source: "symbol" | "project" }[]
  readonly few: number
}

/** Constants that come before those of the candidate's features. */
const Extra = { probability: 0, unvoted: 1, exact: 5, nearness: 9, unseen: 16 } as const
const EXTRAS = 20

/** How many constants rank words. */
export const WORD_FEATURES: number = EXTRAS + CANDIDATE_FEATURES

/** Least probability that a vote is taken for. */
const FLOOR = 1e-4
/** Tokens on either side of the cursor that are looked at for words, and most of them taken. */
const BUFFER_SPAN = 20_000
const MOST_BUFFER_WORDS = 40

/** A word before it is weighed. */
interface WordOption {
  /** Packed, without the space bit. */
  readonly token: number
  readonly probability: number
  readonly spaced: number
  readonly source: WordCandidate["source"]
  /** Place among the document's words by nearness, or -1. */
  readonly nearness: number
}

/** Every word that could be meant: voted for, in the document, as typed, or elsewhere in the project. */
export function wordOptions(query: WordQuery): readonly WordOption[] {
  const { document, typed, voted } = query
  const near = nearWords(query)
  const options = new Map<number, WordOption>()
  for (const { token, probability, spaced } of voted) {
    if (!isWord(token) || !document.textOf(idOf(token)).startsWith(typed)) continue
    options.set(token, { token, probability, spaced, source: "vote", nearness: near.get(token) ?? -1 })
  }
  const add = (token: number, source: WordCandidate["source"], nearness: number): void => {
    if (!options.has(token)) options.set(token, { token, probability: 0, spaced: -1, source, nearness })
  }
  for (const [token, nearness] of near) add(token, "buffer", nearness)
  if (options.size < query.few) {
    for (const { text, source } of query.others()) {
      add(packToken(document.idOf(text), false, TokenKind.identifier), source, -1)
    }
  }
  const own = document.placed.packed[query.token]
  if (own !== undefined) add(own & ~PACK_SPACE, "buffer", -1)
  return [...options.values()]
}

/** Writes the features of one option to `out` behind the candidate's own; returns their number. */
export function describeOption(
  option: WordOption,
  query: WordQuery,
  describer: CandidateDescriber,
  out: Int32Array,
): number {
  const own = describer.describe(option.token)
  let count = 0
  for (let i = 0; i < own; i++) out[count++] = EXTRAS + describer.out[i]!
  const voted = option.probability > 0
  const length = Math.min(3, query.typed.length - 1)
  if (!voted) out[count++] = Extra.unvoted + length
  if (query.document.textOf(idOf(option.token)) === query.typed) {
    out[count++] = Extra.exact + (voted ? 0 : 2) + ((option.token & PACK_KIND) === TokenKind.keyword ? 1 : 0)
  }
  out[count++] = Extra.nearness + nearnessBucket(option.nearness)
  return count
}

/** The constant that stands for all words that are no option. */
export function unseenFeature({ typed }: WordQuery): number {
  return Extra.unseen + Math.min(3, typed.length - 1)
}

/** Bucket 0 to 5 of a place among the document's words. */
function nearnessBucket(nearness: number): number {
  if (nearness < 0) return 5
  return nearness < 2 ? nearness : nearness < 4 ? 2 : nearness < 8 ? 3 : 4
}

/** The weight of an option's own probability. */
export function probabilityTerm(option: WordOption): number {
  return Math.log(Math.max(option.probability, FLOOR))
}

/** Ranks what could be meant by the start of a word. */
export class WordRanking {
  readonly #weights = new Float64Array(WORD_FEATURES)
  readonly #features = new Int32Array(64)

  /** `weights`: one constant per word feature. */
  constructor(weights: readonly number[]) {
    this.#weights.set(weights)
  }

  /** The words that begin as typed, best first; the word as typed is among them. `describer` must be at their place. */
  rank(query: WordQuery, describer: CandidateDescriber): readonly RankedWord[] {
    const options = wordOptions(query)
    const weights = options.map(option => Math.exp(this.#weigh(option, query, describer)))
    const total = weights.reduce(
      (sum, weight) => sum + weight,
      Math.exp(this.#weights[unseenFeature(query)]!),
    )
    return options
      .map(({ token, spaced, source }, index) => ({
        token,
        spaced,
        source,
        probability: weights[index]! / total,
      }))
      .sort((a, b) => b.probability - a.probability)
  }

  #weigh(option: WordOption, query: WordQuery, describer: CandidateDescriber): number {
    const count = describeOption(option, query, describer, this.#features)
    let sum = this.#weights[Extra.probability]! * probabilityTerm(option)
    for (let i = 0; i < count; i++) sum += this.#weights[this.#features[i]!]!
    return sum
  }
}

/** Words of the document that begin as typed, with their place by nearness. */
function nearWords({ document, typed, token }: WordQuery): ReadonlyMap<number, number> {
  const { packed } = document.placed
  const found = new Map<number, number>()
  const refused = new Set<number>()
  const consider = (index: number): void => {
    const packedToken = packed[index]
    if (packedToken === undefined || !isWord(packedToken)) return
    const candidate = packedToken & ~PACK_SPACE
    if (found.has(candidate) || refused.has(candidate)) return
    if (document.textOf(idOf(candidate)).startsWith(typed)) found.set(candidate, found.size)
    else refused.add(candidate)
  }
  const span = Math.min(BUFFER_SPAN, Math.max(token, packed.length - token))
  for (let distance = 1; distance <= span && found.size < MOST_BUFFER_WORDS; distance++) {
    consider(token - distance)
    consider(token + distance)
  }
  return found
}
