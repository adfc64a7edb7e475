import { mulberry32, shuffled } from "../random.ts"
import type { VoteExamples } from "./vote-examples.ts"

/** How constants are learned. */
export interface Training {
  readonly epochs: number
  /** Step of Adam at the start; it falls to a tenth in the last epoch. */
  readonly rate: number
  /** Pull of every constant towards 0. */
  readonly decay: number
  readonly seed: number
}

const BATCH = 256
const MOMENTUM = 0.9
const VARIANCE = 0.99

/**
 * Learns one constant per feature so that the right votes' share of exp(sum of constants) grows: gradient ascent (Adam)
 * on the mean log share. Changes `weights` in place; `report` hears the mean of each epoch.
 */
export function learnVotes(
  examples: VoteExamples,
  weights: Float64Array,
  training: Training,
  report: (epoch: number, meanLogShare: number) => void,
): void {
  const random = mulberry32(training.seed)
  const adam = new Adam(weights)
  const all = Array.from({ length: examples.count }, (_, at) => at)
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const order = shuffled(all, random)
    const rate = training.rate * 0.1 ** (epoch / Math.max(1, training.epochs - 1))
    let sum = 0
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH)
      const gradient = new Float64Array(weights.length)
      for (const example of batch) sum += addGradient(examples, example, weights, gradient)
      for (let j = 0; j < weights.length; j++) {
        gradient[j] = gradient[j]! / batch.length - training.decay * weights[j]!
      }
      adam.step(gradient, rate)
    }
    report(epoch, sum / examples.count)
  }
}

/** The mean log share of the right votes, in nats; the examples learn nothing. */
export function meanLogShare(examples: VoteExamples, weights: Float64Array): number {
  const unused = new Float64Array(weights.length)
  let sum = 0
  for (let example = 0; example < examples.count; example++) {
    sum += addGradient(examples, example, weights, unused)
  }
  return sum / examples.count
}

/** Adds one example's gradient; returns the log of the right votes' share. */
function addGradient(
  examples: VoteExamples,
  example: number,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const { firsts, right, features, groups } = examples
  const [first, past] = [firsts[example]!, firsts[example + 1]!]
  const scores = new Float64Array(past - first)
  let total = 0
  let good = 0
  for (let vote = first; vote < past; vote++) {
    let sum = 0
    for (let at = vote * groups; at < (vote + 1) * groups; at++) sum += weights[features[at]!]!
    const score = Math.exp(sum)
    scores[vote - first] = score
    total += score
    if (right[vote]) good += score
  }
  for (let vote = first; vote < past; vote++) {
    const score = scores[vote - first]!
    const pull = (right[vote] ? score / good : 0) - score / total
    for (let at = vote * groups; at < (vote + 1) * groups; at++) gradient[features[at]!]! += pull
  }
  return Math.log(good / total)
}

/** Adam for maximising. */
class Adam {
  readonly #weights: Float64Array
  readonly #mean: Float64Array
  readonly #square: Float64Array
  #steps = 0

  constructor(weights: Float64Array) {
    this.#weights = weights
    this.#mean = new Float64Array(weights.length)
    this.#square = new Float64Array(weights.length)
  }

  step(gradient: Float64Array, rate: number): void {
    this.#steps++
    const meanScale = 1 - MOMENTUM ** this.#steps
    const squareScale = 1 - VARIANCE ** this.#steps
    for (const [j, slope] of gradient.entries()) {
      this.#mean[j] = MOMENTUM * this.#mean[j]! + (1 - MOMENTUM) * slope
      this.#square[j] = VARIANCE * this.#square[j]! + (1 - VARIANCE) * slope * slope
      this.#weights[j]! +=
        (rate * (this.#mean[j]! / meanScale)) / (Math.sqrt(this.#square[j]! / squareScale) + 1e-8)
    }
  }
}
