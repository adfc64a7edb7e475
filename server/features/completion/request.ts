import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { Eagerness, SilenceReason, Surface } from "./gates.ts"
import type { Suggestion, Word } from "./suggestion.ts"

/** Kinds of text in which the user wants no suggestions. */
export type Scope = "comment" | "string"

/** What an editor wants to know: what could follow `offset` in this document, and how it goes about showing it. */
export interface CompletionRequest {
  readonly document: DocumentSnapshot
  /** UTF-16 code units, within the text. */
  readonly offset: number
  readonly surface: Surface
  readonly eagerness: Eagerness
  /** Whether the user asked for it by a key of its own: gates stay open, nothing is waited for, and more is offered. */
  readonly invoked: boolean
  /** Most words wanted; 0 for none. */
  readonly maxWords: number
  /** Most ms that the answer may wait for a model. What is at hand already never waits. */
  readonly holdMs: number
  /** Whether the editor itself waits for a pause in typing before it asks. */
  readonly clientDebounces: boolean
  /** Whether the editor can replace what stands right of the cursor. */
  readonly canReplaceAfter: boolean
  /** Whether the user's settings want nothing here; no if left out. */
  readonly isUnwanted?: boolean
  /** Scopes without automatic suggestions; none if left out. */
  readonly quietIn?: readonly Scope[]
  /** When the request came in, ms of the clock's `ticks`. */
  readonly receivedAt: number
  /** Called with what could be shown so far, while the answer still waits; each call replaces the one before. */
  readonly onPartial?: (completion: Completion) => void
}

/** What could be shown, best first. */
export interface Completion {
  /** UTF-16 offset at which the word being typed starts; the request's offset if there is none. */
  readonly wordStart: number
  readonly suggestions: readonly Suggestion[]
  readonly words: readonly Word[]
  /** Why there is no suggestion; null if there is one. */
  readonly silence: SilenceReason | null
  /** Whether asking again may bring more: a model is still answering. */
  readonly isIncomplete: boolean
}
