import { concreteCode, DEPTH } from "../../../../server/embedded/context-order.ts"
import { ContextRanges, type TokenBlock } from "../../../../server/embedded/token-block.ts"
import { PACK_SHIFT, PACK_SPACE } from "../../../../server/syntax/token-pack.ts"
import type { Place } from "../contest.ts"
import type { TokenProject } from "./token-project.ts"

/** Weights of next tokens by id: of all, and of those with a space before them. */
export type Weights = Map<number, { all: number; spaced: number }>

/** What stands before the place, nearest last, as packed tokens; and where to look for the same. */
export interface MixQuery {
  readonly context: Int32Array
  /** Units before the place that belong to a name being typed. */
  readonly typed: number
  readonly place: Place
  readonly project: TokenProject
}

/** A way to weigh what followed earlier uses of the same context. */
export type Mix = (query: MixQuery) => Weights

/** Positions read of one stretch at most, spread evenly. */
const SAMPLE = 256
/** The published recipe's order and interpolation. */
const NGRAM_CONTEXT = 5
const NGRAM_LAMBDA = 0.5
/** How much more a use in the document counts for `copyMix` than one in the project. */
const COPY_DOCUMENT_WEIGHT = 4

/** Whatever followed the longest earlier match, in the document or the project. */
export const copyMix: Mix = query => {
  const sources = matchesOf(query, DEPTH)
  const longest = Math.max(...sources.map(source => source.followers.length - 1))
  const weights: Weights = new Map()
  if (longest < 1) return weights
  for (const { followers, isDocument } of sources) {
    const weight = isDocument ? COPY_DOCUMENT_WEIGHT : 1
    for (const token of followers[longest] ?? []) add(weights, token, weight)
  }
  return normalized(weights)
}

/**
 * A 6-gram with Jelinek-Mercer smoothing (0.5) over the project and one over the document as its cache, mixed by the
 * inverse of what each leaves unexplained (Hellendoorn and Devanbu 2017).
 */
export const ngramMix: Mix = query => {
  const weights: Weights = new Map()
  for (const { followers } of matchesOf(query, NGRAM_CONTEXT)) {
    const longest = followers.length - 1
    const unexplained = (1 - NGRAM_LAMBDA) ** longest
    let rest = 1
    for (let length = longest; length >= 1; length--) {
      const tokens = followers[length]!
      for (const token of tokens) add(weights, token, (rest * NGRAM_LAMBDA) / tokens.length / unexplained)
      rest *= 1 - NGRAM_LAMBDA
    }
  }
  return normalized(weights)
}

/** The tokens that followed the last 1, 2, … tokens of the context elsewhere, from index 1 on to the longest match. */
interface Matches {
  readonly followers: readonly (readonly number[])[]
  readonly isDocument: boolean
}

function matchesOf(query: MixQuery, longest: number): Matches[] {
  const { context, place, project } = query
  const { block, before } = project.visible(place, query.typed)
  const codes = new Int32Array(Math.min(longest, context.length))
  for (let back = 0; back < codes.length; back++)
    codes[back] = concreteCode(context[context.length - 1 - back]!)
  const isHidden = (position: number): boolean => project.isOwn(position, place.point.path)
  return [
    { followers: followersIn(block, codes, position => position === before.length), isDocument: true },
    { followers: followersIn(project.block, codes, isHidden), isDocument: false },
  ]
}

function followersIn(
  block: TokenBlock,
  codes: Int32Array,
  isHidden: (position: number) => boolean,
): number[][] {
  const ranges = new ContextRanges()
  ranges.find(block, false, codes, codes.length)
  const followers: number[][] = [[]]
  for (let length = 1; length <= ranges.depth; length++) {
    const [low, high] = [ranges.low[length]!, ranges.high[length]!]
    const step = Math.max(1, (high - low) / SAMPLE)
    const found: number[] = []
    for (let at = low; at < high; at += step) {
      const position = block.concrete[Math.floor(at)]!
      const token = block.tokens[position]!
      if (token >= 0 && !isHidden(position)) found.push(token)
    }
    if (found.length === 0) break
    followers.push(found)
  }
  return followers
}

function add(weights: Weights, token: number, weight: number): void {
  const id = token >> PACK_SHIFT
  const known = weights.get(id) ?? { all: 0, spaced: 0 }
  known.all += weight
  if (token & PACK_SPACE) known.spaced += weight
  weights.set(id, known)
}

function normalized(weights: Weights): Weights {
  let total = 0
  for (const { all } of weights.values()) total += all
  for (const weight of weights.values()) {
    weight.all /= total
    weight.spaced /= total
  }
  return weights
}
