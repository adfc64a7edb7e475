import { changeBetween, type TextChange } from "../../base/text-change.ts"
import type { RecentEdit } from "../../context/project-view.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"

/** One stretch of lines that was worked on. */
interface Region {
  readonly uri: string
  /** Zero-based, in the document as it is now. */
  startLine: number
  /** Lines that stand there now. */
  readonly lineCount: number
  /** The lines that stood there before the work began. */
  readonly before: readonly string[]
}

/** Lines of a document, `to` exclusive. */
interface Span {
  readonly from: number
  readonly to: number
}

/** Regions kept, over all documents. */
const MAX_REGIONS = 16
/** Edits no more than so many lines apart are one piece of work. */
const APART = 1
/** A longer piece of work is no small diff any more. */
const MAX_LINES = 40

/** What one client's user changed lately, as whole lines; edits near each other are one. Bounded. */
export class EditHistory {
  /** Latest last. */
  #regions: Region[] = []
  readonly #documents = new Map<string, DocumentSnapshot>()

  /** Notes a step of one document; `changes` are those that led from `before` to `after`. */
  note(before: DocumentSnapshot, after: DocumentSnapshot, changes: readonly TextChange[]): void {
    const change = changes.length === 1 ? changes[0]! : changeBetween(before.text, after.text)
    if (change === null) return
    this.#documents.set(after.uri, after)
    const delta = after.lines.count - before.lines.count
    let touched: Span = { from: before.lines.lineAt(change.start), to: before.lines.lineAt(change.end) + 1 }
    const apart: Region[] = []
    const near: Region[] = []
    for (const known of this.#regions) {
      if (known.uri !== after.uri || isApart(known, touched)) apart.push(known)
      else near.push(known)
    }
    for (const known of near) touched = around(touched, spanOf(known))
    const region: Region = {
      uri: after.uri,
      startLine: touched.from,
      lineCount: Math.max(0, touched.to - touched.from + delta),
      before: originalLines(before, touched, near),
    }
    for (const known of apart) {
      if (known.uri === after.uri && known.startLine >= touched.to) known.startLine += delta
    }
    this.#regions = [...apart, region].slice(-MAX_REGIONS)
    this.#forgetUnused()
  }

  /** Forgets the work on a document. */
  close(uri: string): void {
    this.#regions = this.#regions.filter(region => region.uri !== uri)
    this.#documents.delete(uri)
  }

  /** What stands changed now, latest first; too long a piece of work is left out. */
  recent(): readonly RecentEdit[] {
    return this.#regions
      .flatMap(region => {
        const document = this.#documents.get(region.uri)!
        const after = linesBetween(document, region.startLine, region.startLine + region.lineCount)
        const longest = Math.max(after.length, region.before.length)
        if (longest > MAX_LINES || after.join("\n") === region.before.join("\n")) return []
        const path = document.path ?? document.uri
        const { startLine } = region
        return [{ path, startLine, before: region.before.join("\n"), after: after.join("\n") }]
      })
      .reverse()
  }

  #forgetUnused(): void {
    const used = new Set(this.#regions.map(({ uri }) => uri))
    for (const uri of this.#documents.keys()) if (!used.has(uri)) this.#documents.delete(uri)
  }
}

function spanOf({ startLine, lineCount }: Region): Span {
  return { from: startLine, to: startLine + lineCount }
}

function isApart(region: Region, touched: Span): boolean {
  const { from, to } = spanOf(region)
  return to + APART < touched.from || touched.to + APART < from
}

function around(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

/** What stood in `span` of a document before the work on `regions`, which lie in it, began. */
function originalLines(
  document: DocumentSnapshot,
  span: Span,
  regions: readonly Region[],
): readonly string[] {
  const lines: string[] = []
  let at = span.from
  for (const region of [...regions].sort((a, b) => a.startLine - b.startLine)) {
    const { from, to } = spanOf(region)
    lines.push(...linesBetween(document, at, from), ...region.before)
    at = to
  }
  lines.push(...linesBetween(document, at, span.to))
  return lines
}

/** Lines without their breaks. */
function linesBetween({ text, lines }: DocumentSnapshot, from: number, to: number): readonly string[] {
  const found: string[] = []
  for (let line = from; line < Math.min(to, lines.count); line++) {
    found.push(text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/[\r\n]+$/, ""))
  }
  return found
}
