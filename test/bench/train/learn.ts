import { mulberry32, shuffled } from "../random.ts"

/** How constants are learned. */
export interface Training {
  readonly epochs: number
  /** Step of Adam at the start; it falls to a tenth in the last epoch. */
  readonly rate: number
  /** Pull of every constant towards where it started. */
  readonly decay: number
  readonly seed: number
}

/** Examples whose wanted answer has a share that depends on the constants. */
export interface Examples {
  readonly count: number
  /** Adds the slope of one example's log share to `gradient`; returns the log share, in nats, never above 0. */
  addSlope(example: number, weights: Float64Array, gradient: Float64Array): number
}

const BATCH = 256
const MOMENTUM = 0.9
const VARIANCE = 0.99

/**
 * Gradient ascent (Adam) on the mean log share. Changes `weights` in place; `report` hears each epoch's mean, counted
 * while the constants still moved.
 */
export function learn(
  examples: Examples,
  weights: Float64Array,
  training: Training,
  report: (epoch: number, meanLogShare: number) => void,
): void {
  const random = mulberry32(training.seed)
  const start = weights.slice()
  const adam = new Adam(weights)
  const all = Array.from({ length: examples.count }, (_, at) => at)
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const order = shuffled(all, random)
    const rate = training.rate * 0.1 ** (epoch / Math.max(1, training.epochs - 1))
    let sum = 0
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH)
      const gradient = new Float64Array(weights.length)
      for (const example of batch) sum += examples.addSlope(example, weights, gradient)
      for (let j = 0; j < weights.length; j++) {
        gradient[j] = gradient[j]! / batch.length - training.decay * (weights[j]! - start[j]!)
      }
      adam.step(gradient, rate)
    }
    report(epoch, sum / Math.max(1, examples.count))
  }
}

/** The mean log share of the wanted answers, in nats; nothing is learned. */
export function meanLogShare(examples: Examples, weights: Float64Array): number {
  const unused = new Float64Array(weights.length)
  let sum = 0
  for (let example = 0; example < examples.count; example++)
    sum += examples.addSlope(example, weights, unused)
  return sum / Math.max(1, examples.count)
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
    for (let j = 0; j < gradient.length; j++) {
      const slope = gradient[j]!
      this.#mean[j] = MOMENTUM * this.#mean[j]! + (1 - MOMENTUM) * slope
      this.#square[j] = VARIANCE * this.#square[j]! + (1 - VARIANCE) * slope * slope
      this.#weights[j]! +=
        (rate * (this.#mean[j]! / meanScale)) / (Math.sqrt(this.#square[j]! / squareScale) + 1e-8)
    }
  }
}
