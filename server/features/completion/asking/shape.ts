import type { Place } from "./place.ts"

/** How much an answer should hold. */
export interface Shape {
  /** `line`: the rest of a statement; `block`: the statements that follow, up to the end of their block; `body`: all of an empty block. */
  readonly kind: "line" | "block" | "body"
  /** Most lines shown at once. */
  readonly maxLines: number
  /** Bound of the answer in tokens, 16 at least: a Responses API refuses less. */
  readonly maxTokens: number
  /** One word or two, for `pilotlight.why`. */
  readonly why: string
}

/** How far answers may reach; 1 is as usual, below is shorter. */
export interface Reach {
  readonly lines: number
}

/** What to ask for at a place. */
export function shapeOf(_place: Place): Shape {
  return { kind: "line", maxLines: 1, maxTokens: 48, why: "line" }
}
