import type { DocumentSnapshot } from "../workspace/document.ts"

/** What the embedded engine is asked: what follows `offset` in this document. */
export interface EmbeddedQuery {
  readonly document: DocumentSnapshot
  /** UTF-16 code units, within the text. */
  readonly offset: number
  /** Least product of token probabilities that may be shown, 0 to 1 (0.7 for ghost text, 0.5 for lists). */
  readonly threshold: number
  /** Most lines one suggestion may span, further ones only while the engine is sure; 0 where words alone are wanted. */
  readonly maxLines: number
  /** Most words wanted in `words`; 0 for none. */
  readonly maxWords: number
}

/** Text to insert at the offset, and how sure the engine is that it is exactly right (0 to 1). */
export interface EmbeddedSuggestion {
  readonly text: string
  readonly confidence: number
}

/** A word that completes the one being typed; `text` is the whole word, `typed` how many units of it stand before the offset. */
export interface WordCandidate {
  readonly text: string
  readonly typed: number
  readonly confidence: number
  readonly source: "vote" | "buffer" | "symbol" | "project"
}

/** The engine's answer; `line` is null when it is not sure enough to speak. */
export interface EmbeddedAnswer {
  readonly line: EmbeddedSuggestion | null
  readonly words: readonly WordCandidate[]
}
