import { CANDIDATE_FEATURES, CandidateDescriber } from "./candidate-features.ts"
import type { CursorContext } from "./cursor-context.ts"
import { VOTE_FEATURES, VOTE_GROUPS } from "./vote-features.ts"
import { Votes, type VoteView } from "./votes.ts"
import type { Weights } from "./weights.ts"

/** A token that may come next. */
export interface Candidate {
  /** Packed, without the space bit. */
  readonly token: number
  /** 0 to 1; those of one prediction sum to 1. */
  probability: number
  /** Share of its votes that have white space before it, or -1 if it has no votes. */
  readonly spaced: number
}

/** Turns votes into probabilities: each vote weighs exp(sum of its features' constants). */
export class VotePredictor {
  readonly votes: Votes = new Votes()
  readonly describer: CandidateDescriber = new CandidateDescriber()
  readonly #weights: Float64Array
  readonly #candidateWeights: Float64Array
  readonly #mass = new Map<number, { mass: number; spaced: number }>()

  constructor(weights: Weights) {
    this.#weights = new Float64Array(VOTE_FEATURES)
    this.#weights.set(weights.vote)
    this.#candidateWeights = new Float64Array(CANDIDATE_FEATURES)
    this.#candidateWeights.set(weights.candidate)
  }

  /** What may follow `context`, best first; empty where no place agrees. */
  predict(context: CursorContext, view: VoteView): readonly Candidate[] {
    this.votes.gather(context, view)
    const mass = this.#mass
    mass.clear()
    for (let i = 0; i < this.votes.count; i++) {
      const weight = this.#weigh(i)
      const spaced = this.votes.spaced[i]! * weight
      const entry = mass.get(this.votes.tokens[i]!)
      if (entry === undefined) mass.set(this.votes.tokens[i]!, { mass: weight, spaced })
      else {
        entry.mass += weight
        entry.spaced += spaced
      }
    }
    return this.#ranked(context, view)
  }

  /** The candidates by mass times their own weight. */
  #ranked(context: CursorContext, view: VoteView): readonly Candidate[] {
    this.describer.begin(context, view.world)
    const candidates: Candidate[] = []
    let total = 0
    for (const [token, { mass, spaced }] of this.#mass) {
      const probability = mass * this.#weighCandidate(token)
      total += probability
      candidates.push({ token, probability, spaced: spaced / mass })
    }
    for (const candidate of candidates) candidate.probability /= total
    return candidates.sort((a, b) => b.probability - a.probability)
  }

  #weighCandidate(token: number): number {
    const { out } = this.describer
    const count = this.describer.describe(token)
    let sum = 0
    for (let i = 0; i < count; i++) sum += this.#candidateWeights[out[i]!]!
    return Math.exp(sum)
  }

  #weigh(vote: number): number {
    const { features } = this.votes
    let sum = 0
    for (let at = vote * VOTE_GROUPS; at < (vote + 1) * VOTE_GROUPS; at++)
      sum += this.#weights[features[at]!]!
    return Math.exp(sum)
  }
}
