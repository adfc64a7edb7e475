import { PACK_KIND, PACK_SHIFT } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode } from "./context-order.ts"
import type { CursorContext } from "./cursor-context.ts"
import type { Candidate } from "./prediction.ts"
import { usuallySpaced } from "./spacing.ts"

/** Most tokens of one decoded line. */
const MOST_LINE_TOKENS = 40

/** Power that turns a learned probability into how often it proved right on releases not learned from. */
const CALIBRATION = 1.25

/** The rest of a line as decoded: how it reads, and how sure each token is. */
export interface DecodedLine {
  /** The rest of the line as it would be inserted; empty if a line break comes first. */
  readonly text: string
  /** Probability of each token given the ones before. */
  readonly probabilities: readonly number[]
  /** Length of `text` after each token, in UTF-16 code units. */
  readonly ends: readonly number[]
  /** Product of all probabilities, that of the line break too where one was predicted. */
  readonly confidence: number
  /** Whether a line break was predicted; false if decoding stopped earlier. */
  readonly closed: boolean
}

/** How a line is decoded. */
export interface DecodePlan {
  /** What may follow a context, best first. */
  readonly predict: (context: CursorContext) => readonly Candidate[]
  /** The string behind an id. */
  readonly textOf: (id: number) => string
  /** Taken as the first token instead of predicting it. */
  readonly first: Candidate | null
  /** Whether the text before the cursor already sets the first token off (white space, a line's start). */
  readonly apart: boolean
  /** Codes of what stands on the line behind the cursor already; decoding stops where it would be repeated. */
  readonly standing: readonly number[]
  /** Stops once the product of probabilities falls below this. */
  readonly floor: number
  /** True when the time for this answer is used up. */
  readonly late: () => boolean
}

/** Decodes greedily from `context`, which grows by what was decoded. */
export function decodeLine(context: CursorContext, plan: DecodePlan): DecodedLine {
  const line = new LineText(plan)
  let product = 1
  let nesting = 0
  for (let step = 0; step < MOST_LINE_TOKENS && !(step > 0 && plan.late()); step++) {
    const best = step === 0 && plan.first !== null ? plan.first : plan.predict(context)[0]
    if (best === undefined) break
    const code = concreteCode(best.token)
    const repeats = nesting === 0 && plan.standing[0] === code && !(step === 0 && plan.first !== null)
    if ((best.token & PACK_KIND) === TokenKind.lineBreak || repeats) {
      return line.done(true, product * best.probability ** CALIBRATION)
    }
    product *= best.probability ** CALIBRATION
    if (product < plan.floor) break
    nesting += nestingOf(line.add(best, context))
    context.push(best.token)
  }
  return line.done(false, product)
}

function nestingOf(text: string): number {
  if (text === "(" || text === "[" || text === "{" || text.endsWith("${")) return 1
  return text === ")" || text === "]" || text.startsWith("}") ? -1 : 0
}

/** Puts tokens one after the other with the white space their votes saw. */
class LineText {
  #text = ""
  readonly #probabilities: number[] = []
  readonly #ends: number[] = []
  readonly #plan: DecodePlan

  constructor(plan: DecodePlan) {
    this.#plan = plan
  }

  /** Adds a token; returns its text. */
  add(candidate: Candidate, context: CursorContext): string {
    const { textOf, apart } = this.#plan
    const text = textOf(candidate.token >> PACK_SHIFT)
    const touches = this.#ends.length === 0 ? !apart : true
    if (touches && context.lineLength > 0) this.#text += this.#spaced(candidate, context, text) ? " " : ""
    this.#text += text
    this.#probabilities.push(candidate.probability ** CALIBRATION)
    this.#ends.push(this.#text.length)
    return text
  }

  done(closed: boolean, confidence: number): DecodedLine {
    return { text: this.#text, probabilities: this.#probabilities, ends: this.#ends, confidence, closed }
  }

  #spaced(candidate: Candidate, context: CursorContext, text: string): boolean {
    if (candidate.spaced >= 0) return candidate.spaced > 0.5
    return usuallySpaced(this.#plan.textOf(context.concrete[0]!), text)
  }
}

/** The start of a decoded line that is worth showing: tokens while their product stays at or above `threshold`. */
export function confidentPart(
  line: DecodedLine,
  threshold: number,
): { text: string; confidence: number; whole: boolean } {
  let confidence = 1
  let tokens = 0
  for (const probability of line.probabilities) {
    if (confidence * probability < threshold) break
    confidence *= probability
    tokens++
  }
  const text = tokens === 0 ? "" : line.text.slice(0, line.ends[tokens - 1])
  return { text, confidence, whole: line.closed && tokens === line.probabilities.length }
}
