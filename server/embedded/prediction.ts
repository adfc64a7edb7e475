import type { CursorContext } from "./cursor-context.ts"
import { VOTE_FEATURES, VOTE_GROUPS } from "./vote-features.ts"
import { Votes, type VoteView } from "./votes.ts"

/** A token that may come next. */
export interface Candidate {
  /** Packed, without the space bit. */
  readonly token: number
  /** 0 to 1; those of one prediction sum to 1. */
  readonly probability: number
  /** Share of its votes that have white space before it, or -1 if it has no votes. */
  readonly spaced: number
}

/** Turns votes into probabilities: each vote weighs exp(sum of its features' constants). */
export class VotePredictor {
  readonly votes: Votes = new Votes()
  readonly #weights: Float64Array
  readonly #mass = new Map<number, { mass: number; spaced: number }>()

  /** `weights`: one constant per vote feature. */
  constructor(weights: readonly number[]) {
    this.#weights = new Float64Array(VOTE_FEATURES)
    this.#weights.set(weights)
  }

  /** What may follow `context`, best first; empty where no place agrees. */
  predict(context: CursorContext, view: VoteView): readonly Candidate[] {
    this.votes.gather(context, view)
    const mass = this.#mass
    mass.clear()
    let total = 0
    for (let i = 0; i < this.votes.count; i++) {
      const weight = this.#weigh(i)
      total += weight
      const spaced = this.votes.spaced[i]! * weight
      const entry = mass.get(this.votes.tokens[i]!)
      if (entry === undefined) mass.set(this.votes.tokens[i]!, { mass: weight, spaced })
      else {
        entry.mass += weight
        entry.spaced += spaced
      }
    }
    const candidates: Candidate[] = []
    for (const [token, entry] of mass) {
      candidates.push({ token, probability: entry.mass / total, spaced: entry.spaced / entry.mass })
    }
    return candidates.sort((a, b) => b.probability - a.probability)
  }

  #weigh(vote: number): number {
    const { features } = this.votes
    let sum = 0
    for (let at = vote * VOTE_GROUPS; at < (vote + 1) * VOTE_GROUPS; at++)
      sum += this.#weights[features[at]!]!
    return Math.exp(sum)
  }
}
