/** The learned constants of the engine: log-linear, by feature index. */
export interface Weights {
  /** One per feature of a vote, see vote-features.ts. */
  readonly vote: readonly number[]
  /** One per feature of a candidate, see candidate-features.ts. */
  readonly candidate: readonly number[]
  /** One per feature of a word that is being typed, see word-ranking.ts. */
  readonly word: readonly number[]
}
