import { describe, expect, test } from "vitest"
import { type Examples, learn, meanLogShare } from "./learn.ts"
import { TokenExamples } from "./token-examples.ts"
import { UseExamples } from "./use-examples.ts"
import { WordExamples } from "./word-examples.ts"

const training = { epochs: 40, rate: 0.1, decay: 0, seed: 1 }

/** The slopes as given, beside those measured by moving each weight a little. */
function checkSlopes(examples: Examples, weights: Float64Array): void {
  const slopes = new Float64Array(weights.length)
  examples.addSlope(0, weights, slopes)
  const share = (at: number, step: number): number => {
    const moved = weights.slice()
    moved[at]! += step
    return examples.addSlope(0, moved, new Float64Array(weights.length))
  }
  for (let at = 0; at < weights.length; at++) {
    expect(slopes[at]).toBeCloseTo((share(at, 1e-5) - share(at, -1e-5)) / 2e-5, 5)
  }
}

/** Three votes for two candidates, two features each out of four; two features of candidates. */
function tokens(): TokenExamples {
  const examples = new TokenExamples(2, 4)
  examples.add({
    candidates: Uint16Array.of(0, 1, 0),
    features: Uint8Array.of(0, 2, 1, 2, 1, 3),
    own: Uint16Array.of(0, 1),
    ends: [1, 2],
    wanted: 0,
  })
  return examples
}

function words(wanted: number): WordExamples {
  const examples = new WordExamples()
  examples.add({
    terms: Float64Array.of(-1, -2),
    features: [Uint16Array.of(2), Uint16Array.of(2, 3)],
    unseen: 1,
    wanted,
  })
  return examples
}

describe("slopes are those of the log share", () => {
  test("of a token among the candidates that were voted for", () => {
    checkSlopes(tokens(), Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4, 0.7))
  })

  test("of a word that was typed in part", () => {
    checkSlopes(words(1), Float64Array.of(1, -0.5, 0.2, 0.4))
  })

  test("of a declaration that is named, and of one that is not and stands for five", () => {
    for (const isNamed of [true, false]) {
      const examples = new UseExamples(2, 3, 5)
      examples.add([2, -1], isNamed)
      checkSlopes(examples, Float64Array.of(0.1, 0.2, -0.3, 0.4, 0.5, 0.6, -0.7))
    }
  })

  test("of none of the words offered", () => {
    checkSlopes(words(-1), Float64Array.of(1, -0.5, 0.2, 0.4))
  })
})

test("learning raises the share of what was wanted, and equal seeds learn the same", () => {
  const learned = [0, 1].map(() => {
    const weights = new Float64Array(6)
    learn(tokens(), weights, training, () => {})
    return weights
  })
  expect(meanLogShare(tokens(), new Float64Array(6))).toBeCloseTo(Math.log(2 / 3), 5)
  expect(meanLogShare(tokens(), learned[0]!)).toBeGreaterThan(Math.log(0.95))
  expect(learned[0]).toEqual(learned[1])
})

test("what is named and what is not are told apart, however many there are of each", () => {
  const examples = new UseExamples(2, 2, 1)
  for (let at = 0; at < 70_000; at++) examples.add([at % 2, -1], at % 2 === 0)
  const weights = new Float64Array(examples.constants)
  learn(examples, weights, { epochs: 1, rate: 0.1, decay: 0, seed: 1 }, () => {})
  expect(examples.count).toBe(70_000)
  expect(meanLogShare(examples, weights)).toBeGreaterThan(Math.log(0.95))
})
