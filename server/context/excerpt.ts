import type { ContextPart, PartKind } from "./context-part.ts"
import type { FileText } from "./file-texts.ts"
import type { Ledger } from "./ledger.ts"

/** Lines of a file that could be shown as they stand. */
interface Excerpt {
  readonly kind: PartKind
  readonly path: string
  /** Zero-based, `endLine` exclusive. */
  readonly startLine: number
  readonly endLine: number
  readonly why: string
  readonly score: number
  /** Fewer lines than this say nothing, but where the file has no more. */
  readonly leastLines?: number
}

/**
 * Shows lines of a file as they stand, without blank ones at either end and without the last ones where `most` tokens are
 * too few for all. Null if some of it is shown already or nothing can be paid.
 */
export function showExcerpt(
  excerpt: Excerpt,
  file: FileText,
  ledger: Ledger,
  most: number,
): ContextPart | null {
  const { leastLines = 1, ...place } = excerpt
  const { path } = place
  let { startLine, endLine } = place
  const isBlank = (line: number): boolean => file.slice(line, line + 1).trim() === ""
  while (startLine < endLine && isBlank(startLine)) startLine++
  while (endLine > startLine && isBlank(endLine - 1)) endLine--
  const least = Math.max(1, Math.min(leastLines, endLine - startLine))
  const budget = Math.min(most, ledger.left) - ledger.costOfHeader(path)
  let tokens = 0
  let end = startLine
  for (; end < endLine; end++) {
    const cost = ledger.costOfLine(file.slice(end, end + 1))
    if (tokens + cost > budget) break
    tokens += cost
  }
  while (end > startLine && isBlank(end - 1)) end--
  endLine = end
  if (endLine - startLine < least || ledger.isAnyShown(path, startLine, endLine)) return null
  const text = file.slice(startLine, endLine)
  const cost = ledger.costOfText(text)
  if (!ledger.pay(path, cost)) return null
  ledger.show(path, startLine, endLine)
  const lines = Array.from({ length: endLine - startLine }, (_, at) => startLine + at)
  return { ...place, startLine, endLine, lines, text, tokens: cost, detail: "body" }
}

/** Shows a text that is no copy of lines of a file, such as a diff; null if it can't be paid. */
export function showNote(
  note: Excerpt & { readonly text: string },
  ledger: Ledger,
  most: number,
): ContextPart | null {
  const tokens = ledger.costOfText(note.text)
  if (tokens + ledger.costOfHeader(note.path) > most || !ledger.pay(note.path, tokens)) return null
  return { ...note, lines: [], tokens, detail: "body" }
}
