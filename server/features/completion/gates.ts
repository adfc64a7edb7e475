import type { DocumentSnapshot } from "../../workspace/document.ts"

/** How readily suggestions are shown. */
export type Eagerness = "quiet" | "normal" | "eager"

/** Where a suggestion will be shown: as ghost text, or on top of a completion list. */
export type Surface = "ghost" | "list"

/** Why there is no suggestion for the rest of the line; each is one gate or the last resort `unsure`. */
export type SilenceReason = "document-too-large" | "line-too-long" | "inside-word" | "unsure" | "nothing-new"

/** Texts beyond this many UTF-16 code units get no suggestions: they are data, and every edit of them is dear. */
export const MAX_DOCUMENT_UNITS: number = 4_000_000

/** Lines beyond this many UTF-16 code units are minified or data. */
export const MAX_LINE_UNITS: number = 4000

const THRESHOLDS: Record<Surface, Record<Eagerness, number>> = {
  ghost: { quiet: 0.85, normal: 0.7, eager: 0.5 },
  list: { quiet: 0.7, normal: 0.5, eager: 0.35 },
}

const WORD = /[\p{L}\p{N}_$]/u

/** Least confidence (0 to 1) that a suggestion must have to be shown. */
export function thresholdFor(surface: Surface, eagerness: Eagerness): number {
  return THRESHOLDS[surface][eagerness]
}

/** The first gate that keeps the rest of the line unsaid, or null if all are open. */
export function closedGate(document: DocumentSnapshot, offset: number): SilenceReason | null {
  const { text, lines } = document
  if (text.length > MAX_DOCUMENT_UNITS) return "document-too-large"
  const line = lines.lineAt(offset)
  if (lines.startOf(line + 1) - lines.startOf(line) > MAX_LINE_UNITS) return "line-too-long"
  if (offset < text.length && WORD.test(text.charAt(offset))) return "inside-word"
  return null
}

/** Where the word that ends at `offset` starts; `offset` itself if there is none. */
export function wordStart(text: string, offset: number): number {
  let start = offset
  while (start > 0 && WORD.test(text.charAt(start - 1))) start--
  return start
}
