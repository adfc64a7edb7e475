import type { LinePoint, Snapshot } from "../points/line-point.ts"

/** A cursor in a point's document: everything from `offset` up to the line's break is hidden. */
export interface Place {
  readonly point: LinePoint
  /** UTF-16 code units, from the line's first token to its last. */
  readonly offset: number
}

/** One candidate for the next token; a line break is "\n". */
export interface Guess {
  readonly text: string
  readonly probability: number
}

/** The rest of a line as it was guessed. */
export interface LineGuess {
  readonly text: string
  /** How sure the guess is that it is exactly right, for ranking guesses; 0 to 1. */
  readonly confidence: number
  /** Whether the end of the line was predicted. */
  readonly closed: boolean
}

/** One engine in the contest. It sees a place only through `visibleBefore` and `visibleAfter`, or as tokens of the same. */
export interface Contestant {
  readonly name: string
  /** Forgets the project before and learns the files of this one; its points only announce what will be asked. */
  learn(snapshot: Snapshot): Promise<void>
  /** Candidates for the token that starts at the place, best first. */
  next(place: Place): readonly Guess[]
  /** The rest of the line from a place where a token starts. */
  line(place: Place): LineGuess
  /** Best words, at most `limit`, for a name of which `typed` units stand before the place. */
  words(place: Place, typed: number, limit: number): readonly string[]
  /** What is shown at the place when nothing less sure than `threshold` may be; "" for nothing. */
  suggest(place: Place, threshold: number): string
  dispose(): Promise<void>
}

/** The text before the cursor. */
export function visibleBefore(place: Place): string {
  return place.point.text.slice(0, place.offset)
}

/** The text after the cursor: from the line's break on. */
export function visibleAfter(place: Place): string {
  return place.point.text.slice(place.point.resume)
}
