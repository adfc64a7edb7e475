import type { Examples } from "./learn.ts"

/** One prediction of a token, with what the engine knew. */
export interface TokenExample {
  /** Index of the candidate that each vote is for, and `groups` features of each vote. */
  readonly candidates: Uint16Array
  readonly features: Uint8Array
  /** Features of each candidate, one after the other; those of candidate c end at `ends[c]`. */
  readonly own: Uint16Array
  readonly ends: readonly number[]
  /** Index of the wanted candidate. */
  readonly wanted: number
}

/**
 * Predictions of tokens. A candidate weighs the sum over its votes of exp(sum of the vote's constants), times
 * exp(sum of its own constants), which follow the constants of votes in the one array of weights.
 */
export class TokenExamples implements Examples {
  readonly #examples: TokenExample[] = []
  readonly #groups: number
  readonly #voteFeatures: number

  constructor(groups: number, voteFeatures: number) {
    this.#groups = groups
    this.#voteFeatures = voteFeatures
  }

  get count(): number {
    return this.#examples.length
  }

  add(example: TokenExample): void {
    this.#examples.push(example)
  }

  addSlope(index: number, weights: Float64Array, gradient: Float64Array): number {
    const example = this.#examples[index]!
    const factors = this.#ownFactors(example, weights)
    const scores = this.#voteScores(example, weights, factors)
    const masses = new Float64Array(factors.length)
    let total = 0
    for (let vote = 0; vote < scores.length; vote++) {
      masses[example.candidates[vote]!]! += scores[vote]!
      total += scores[vote]!
    }
    const good = masses[example.wanted]!
    this.#pullVotes(example, scores, total, good, gradient)
    this.#pullCandidates(example, masses, total, gradient)
    return Math.log(good / total)
  }

  #ownFactors({ own, ends }: TokenExample, weights: Float64Array): Float64Array {
    const factors = new Float64Array(ends.length)
    let at = 0
    for (let candidate = 0; candidate < ends.length; candidate++) {
      let sum = 0
      for (; at < ends[candidate]!; at++) sum += weights[this.#voteFeatures + own[at]!]!
      factors[candidate] = Math.exp(sum)
    }
    return factors
  }

  #voteScores(
    { candidates, features }: TokenExample,
    weights: Float64Array,
    factors: Float64Array,
  ): Float64Array {
    const groups = this.#groups
    const scores = new Float64Array(candidates.length)
    for (let vote = 0; vote < scores.length; vote++) {
      let sum = 0
      for (let at = vote * groups; at < (vote + 1) * groups; at++) sum += weights[features[at]!]!
      scores[vote] = Math.exp(sum) * factors[candidates[vote]!]!
    }
    return scores
  }

  #pullVotes(
    { candidates, features, wanted }: TokenExample,
    scores: Float64Array,
    total: number,
    good: number,
    gradient: Float64Array,
  ): void {
    const groups = this.#groups
    for (let vote = 0; vote < scores.length; vote++) {
      const score = scores[vote]!
      const pull = (candidates[vote] === wanted ? score / good : 0) - score / total
      for (let at = vote * groups; at < (vote + 1) * groups; at++) gradient[features[at]!]! += pull
    }
  }

  #pullCandidates(
    { own, ends, wanted }: TokenExample,
    masses: Float64Array,
    total: number,
    gradient: Float64Array,
  ): void {
    let at = 0
    for (let candidate = 0; candidate < ends.length; candidate++) {
      const pull = (candidate === wanted ? 1 : 0) - masses[candidate]! / total
      for (; at < ends[candidate]!; at++) gradient[this.#voteFeatures + own[at]!]! += pull
    }
  }
}
