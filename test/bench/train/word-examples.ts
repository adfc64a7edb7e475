import type { Examples } from "./learn.ts"

/** One choice among words that begin as typed. */
export interface WordExample {
  /** Of each option: what its own probability says, the value of feature 0; and its other features. */
  readonly terms: Float64Array
  readonly features: readonly Uint16Array[]
  /** The one feature of "none of these". */
  readonly unseen: number
  /** Index of the wanted option, or -1 if it is none of these. */
  readonly wanted: number
}

/** Choices of words. An option weighs exp(constant 0 times its term + the sum of its features' constants). */
export class WordExamples implements Examples {
  readonly #examples: WordExample[] = []

  get count(): number {
    return this.#examples.length
  }

  add(example: WordExample): void {
    this.#examples.push(example)
  }

  addSlope(index: number, weights: Float64Array, gradient: Float64Array): number {
    const { terms, features, unseen, wanted } = this.#examples[index]!
    const scores = terms.map((term, option) => {
      let sum = weights[0]! * term
      for (const feature of features[option]!) sum += weights[feature]!
      return Math.exp(sum)
    })
    const none = Math.exp(weights[unseen]!)
    const total = scores.reduce((sum, score) => sum + score, none)
    gradient[unseen]! += (wanted < 0 ? 1 : 0) - none / total
    for (const [option, score] of scores.entries()) {
      const pull = (option === wanted ? 1 : 0) - score / total
      gradient[0]! += pull * terms[option]!
      for (const feature of features[option]!) gradient[feature]! += pull
    }
    return Math.log((wanted < 0 ? none : scores[wanted]!) / total)
  }
}
