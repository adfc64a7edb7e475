import type { SymbolHit } from "../../workspace/file-facts.ts"

/** Where a suggestion came from. */
type SuggestionSource = "embedded"

/** Text that could be inserted at the cursor. */
export interface Suggestion {
  /** Inserted at the cursor as it is; lines are parted by `\n`. */
  readonly text: string
  /** How sure its source is that this is exactly right, 0 to 1. */
  readonly confidence: number
  readonly source: SuggestionSource
}

/** A whole word that could replace the one being typed. */
export interface Word {
  readonly text: string
  readonly confidence: number
  readonly source: "vote" | "buffer" | "symbol" | "project"
  /** What the project knows under that name; null if nothing. */
  readonly kind: SymbolHit["kind"] | null
}
