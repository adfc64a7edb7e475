import { type Candidate, EVIDENCE, LEVELS } from "./candidates.ts"
import learned from "./weights.json" with { type: "json" }

/**
 * Learned constants, log-linear. `head`: one per kind of evidence and level, in that order, then one that always counts;
 * `body`: the same with one per level of the body's length before the last.
 */
export interface Weights {
  readonly head: readonly number[]
  readonly body: readonly number[]
}

/**
 * The constants that come with the program. Logistic regression over every candidate of 1,696 lines, each with and without
 * the imports that it alone uses: a candidate is right if TypeScript's checker says that the line names it. Learned
 * by `npm run train -- context` from zod, ai, @deck.gl/core, @tiptap/core, @reduxjs/toolkit, openai and @uppy/core; the
 * context bench scores other packages.
 */
export const WEIGHTS: Weights = learned

/** Where the levels of a body's length begin among its constants. */
const LENGTH_AT = EVIDENCE.length * LEVELS

/** How likely the next line names a declaration: 0 to 1. */
export function expectedUse(candidate: Candidate, weights: Weights): number {
  return probability(evidenceOf(candidate, weights.head) + weights.head.at(-1)!)
}

/** How likely the next line names something in the body of a declaration that is no declaration of the index: 0 to 1. */
export function expectedBodyUse(candidate: Candidate, lines: number, weights: Weights): number {
  const { body } = weights
  return probability(evidenceOf(candidate, body) + body[LENGTH_AT + levelOfLength(lines)]! + body.at(-1)!)
}

/** The level of a body of so many lines: 0 for one, 7 for 128 or more. */
export function levelOfLength(lines: number): number {
  return Math.min(LEVELS - 1, 31 - Math.clz32(Math.max(1, lines)))
}

function evidenceOf({ levels, at }: Candidate, constants: readonly number[]): number {
  let sum = 0
  for (let kind = 0; kind < EVIDENCE.length; kind++) {
    const level = levels[at + kind]!
    if (level >= 0) sum += constants[kind * LEVELS + level]!
  }
  return sum
}

function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}
