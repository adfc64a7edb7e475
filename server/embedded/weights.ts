/** The learned constants of the engine: log-linear weights by feature index, see vote-features and rerank-features. */
export interface Weights {
  readonly vote: readonly number[]
  readonly rerank: readonly number[]
}
