import type { Place } from "../asking/place.ts"
import type { Shape } from "../asking/shape.ts"

/** Why nothing more of an answer need be read. */
export type StopReason =
  /** The block at the cursor is complete. */
  | "block-end"
  | "dedent"
  /** What follows is what stands there already. */
  | "next-line"
  | "blank-lines"
  | "repetition"
  | "marker"
  | "fence"
  /** Text for a person, not code. */
  | "prose"
  /** It is about another line than the one at the cursor. */
  | "diverged"
  | "bounds"
  /** The model ended it. */
  | "end"

/** Reads one answer as it streams, line by line: how it was cut into deltas makes no difference. Never throws. */
export interface AnswerReader {
  /** Takes in the next delta; costs far below a ms. */
  push(delta: string): void
  /** The model said all it had to say. */
  end(): void
  /** The part that may be shown first, from the cursor on, with `\n` line breaks; null until it is complete, or if there is none. */
  readonly first: string | null
  /** What was read past `first`, without what still streams: begins with a line break. */
  readonly rest: string
  /** Everything read from the cursor on, the line that still streams included: what the user types must agree with it. */
  readonly sofar: string
  /** Why nothing more need be read; null while it still may grow. */
  readonly stopped: StopReason | null
}

/** A reader for the answer to an ask of this shape at this place. */
export function answerReader(_place: Place, _shape: Shape): AnswerReader {
  throw new Error("not built yet")
}
