import type { SymbolHit } from "../../workspace/file-facts.ts"

/** Where a suggestion came from: the offline engine, a model's answer as it streams, or what was answered before. */
type SuggestionSource = "embedded" | "stream" | "cache"

/** How much of what was found a suggestion holds. */
export type Grade = "whole" | "line" | "word"

/** Text that could be inserted at the cursor. */
export interface Suggestion {
  /** Names it when it is accepted or rejected; unlike every other one's of this process. */
  readonly id: string
  /** Inserted at the cursor as it is; lines are parted by `\n`. */
  readonly text: string
  /** UTF-16 code units right of the cursor, on its line, that it replaces; 0 where the client can't. */
  readonly replaceAfter: number
  /** How sure its source is that this is exactly right, 0 to 1. */
  readonly confidence: number
  readonly source: SuggestionSource
  readonly grade: Grade
}

/** A whole word that could replace the one being typed. */
export interface Word {
  readonly text: string
  readonly confidence: number
  readonly source: "vote" | "buffer" | "symbol" | "project"
  /** What the project knows under that name; null if nothing. */
  readonly kind: SymbolHit["kind"] | null
}
