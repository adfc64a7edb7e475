import type { DocumentSnapshot } from "../../workspace/document.ts"

/** How readily suggestions are shown and models are asked. */
export type Eagerness = "quiet" | "normal" | "eager"

/** Where a suggestion will be shown: as ghost text, or on top of a completion list. */
export type Surface = "ghost" | "list"

/** Gates that look at the text alone. */
type TextGate = "document-too-large" | "line-too-long" | "inside-word"

/** Gates that look at what the user did and set. */
type UserGate = "off" | "after-undo" | "after-delete" | "in-comment" | "in-string"

/** Gates before a model. */
export type ModelGate = "after-closer" | "denied" | "rate-limited" | "offline" | "saving"

/**
 * Why there is no suggestion: a closed gate; `rejected` or `checked`, a suggestion that was dropped because the user did not
 * want it before, or by another check; `late`, a model that has not answered in time; `unsure` and `nothing-new` where
 * nothing was found; `given-up`, a request that was cancelled or that a later one took the place of.
 */
export type SilenceReason =
  | TextGate
  | UserGate
  | ModelGate
  | "rejected"
  | "checked"
  | "late"
  | "given-up"
  | "unsure"
  | "nothing-new"

/** Texts beyond this many UTF-16 code units get no suggestions: they are data, and every edit of them is dear. */
export const MAX_DOCUMENT_UNITS: number = 4_000_000

/** Lines beyond this many UTF-16 code units are minified or data. */
export const MAX_LINE_UNITS: number = 4000

const THRESHOLDS: Record<Surface, Record<Eagerness, number>> = {
  ghost: { quiet: 0.85, normal: 0.7, eager: 0.5 },
  list: { quiet: 0.7, normal: 0.5, eager: 0.35 },
}

const WORD = /[\p{L}\p{N}_$]/u

/** What was finished before the cursor: the user is about to go on, and knows with what. */
const CLOSED = /[)\]};]\s*$/

/** A line that does nothing but close what was opened above it. */
const BLOCK_END = /^[\s\])}]*\}\s*$/

/** Least confidence (0 to 1) that a suggestion must have to be shown. */
export function thresholdFor(surface: Surface, eagerness: Eagerness): number {
  return THRESHOLDS[surface][eagerness]
}

/**
 * The first gate that keeps the rest of the line unsaid, or null if all are open. None of them opens to who asks by a key:
 * within a word the rest of it would be left behind what is accepted, as "foobar()o" of "fo|o".
 */
export function closedGate(document: DocumentSnapshot, offset: number): TextGate | null {
  const { text, lines } = document
  if (text.length > MAX_DOCUMENT_UNITS) return "document-too-large"
  const line = lines.lineAt(offset)
  if (lines.startOf(line + 1) - lines.startOf(line) > MAX_LINE_UNITS) return "line-too-long"
  if (offset < text.length && WORD.test(text.charAt(offset))) return "inside-word"
  return null
}

/** Whether a gate stays closed also for who asked by a key of its own, and closes for words too. */
export function isDataGate(gate: SilenceReason): boolean {
  return gate === "document-too-large" || gate === "line-too-long"
}

/** Whether the cursor's line, as far as it is typed, is finished: no model need be asked for more of it. */
export function isFinished(typed: string): boolean {
  return CLOSED.test(typed)
}

/** Whether the cursor's line, as far as it is typed, ends a block and does nothing else: few things may go on behind it. */
export function endsBlock(typed: string): boolean {
  return BLOCK_END.test(typed)
}

/** Where the word that ends at `offset` starts; `offset` itself if there is none. */
export function wordStart(text: string, offset: number): number {
  let start = offset
  while (start > 0 && WORD.test(text.charAt(start - 1))) start--
  return start
}
