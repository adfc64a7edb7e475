import type { Block } from "./answer.ts"
import type { CodeText } from "./code-text.ts"
import { type LineEdit, lineEdits, type TextLines } from "./line-edits.ts"
import { type LineSpan, locate, locateAlike, locatePart } from "./locate.ts"
import type { OpenFile } from "./open-files.ts"
import { literalLines } from "./outline.ts"
import { elisionIn } from "./read-answer.ts"
import { reindentFor } from "./reindent.ts"

/** What is to become of some lines of the text that the model was shown. */
export interface Draft {
  /** What has to stand in the file as it stood, for the edits to be right. */
  readonly span: LineSpan
  /** In the asked text, sorted, within the span. */
  readonly edits: readonly LineEdit[]
}

/** A draft, or a sentence on why there is none. */
type Drafted = { readonly kind: "drafted"; readonly draft: Draft } | Refused

/** A sentence for the user on why nothing lands. */
export interface Refused {
  readonly kind: "refused"
  readonly reason: string
}

/** The refusal that says `reason`. */
export function refused(reason: string): Refused {
  return { kind: "refused", reason }
}

/**
 * The rewriting of the lines of `span` to `code`, which may be indented in a way of its own. `literals` are those of its lines
 * that begin within a literal: what they are indented by is what they say.
 */
export function draftRewrite(
  file: OpenFile,
  span: LineSpan,
  code: readonly string[],
  literals: readonly string[],
): Drafted {
  const text = file.asked.lines
  const old = text.lines.slice(span.from, span.to)
  const left = leftOut(code, file)
  if (left !== null) return left
  const standing = literalsOf(file.asked, span)
  if (areMovedAmidNew(literals, standing))
    return refused(`The model indented a text in ${file.path} in a way of its own; ask again.`)
  const places = {
    sample: code,
    reference: old,
    answered: code,
    usual: file.asked.step,
    fixed: new Set([...literals, ...standing]),
  }
  const fresh = reindentFor(places)(code)
  return drafted(span, shifted(lineEdits(old, fresh), span.from))
}

/** What a block comes to. `symbol` is what the user pointed at: between equal places it decides, and only it is looked through for what is similar. */
export async function draftBlock(file: OpenFile, block: Block, symbol: LineSpan | null): Promise<Drafted> {
  const text = file.asked.lines
  const left = leftOut(block.replace, file)
  if (left !== null) return left
  if (block.search.length === 0) return draftWhole(file, text, block)
  const exact = locate(file.asked.searched, block.search, symbol)
  const part = exact.kind === "nowhere" ? draftPart(text, block) : null
  if (part !== null) return part
  const located =
    exact.kind === "nowhere" && symbol !== null ? await locateAlike(text.lines, block.search, symbol) : exact
  if (located.kind === "nowhere")
    return refused(
      `What the model wants to change is not in ${file.path}: ${quoted(block.search)}; ask again.`,
    )
  if (located.kind === "ambiguous")
    return refused(
      `What the model wants to change stands in ${located.count} places of ${file.path}: ${quoted(block.search)}; point at one of them and ask again.`,
    )
  const edits = editsOf(file, block, located.span, located.lines)
  if (edits === null)
    return refused(
      `The model read ${file.path} wrong where it wants to change ${quoted(block.search)}; ask again.`,
    )
  return drafted(located.span, withoutFormatting(text, edits, symbol))
}

/** What a block comes to that searches a part of one line; null if it does not, or that is not found once. */
function draftPart({ lines }: TextLines, { search, replace }: Block): Drafted | null {
  const [wanted = "", fresh = ""] = [search[0]?.trim(), replace[0]?.trim()]
  if (search.length !== 1 || replace.length !== 1) return null
  const place = locatePart(lines, wanted)
  if (place === null) return null
  const line = lines[place.line]!
  const changed = line.slice(0, place.start) + fresh + line.slice(place.start + wanted.length)
  const span = { from: place.line, to: place.line + 1 }
  return drafted(span, changed === line ? [] : [{ ...span, lines: [changed] }])
}

/** A block that searches nothing writes an empty file. */
function draftWhole(file: OpenFile, text: TextLines, block: Block): Drafted {
  if (file.asked.text.trim() !== "")
    return refused(`The model would write ${file.path} anew, which holds something already; ask again.`)
  const span = { from: 0, to: text.lines.length }
  return drafted(span, [{ ...span, lines: [...block.replace, ""] }])
}

/** The edits of a block, in the lines that its search was found at; null if it changes lines that say something else. */
function editsOf(
  file: OpenFile,
  block: Block,
  span: LineSpan,
  lines: readonly (number | null)[],
): readonly LineEdit[] | null {
  const old = file.asked.lines.lines.slice(span.from, span.to)
  const answered = [...block.search, ...block.replace]
  const fixed = new Set(literalsOf(file.asked, span))
  const places = { sample: block.search, reference: old, answered, usual: file.asked.step, fixed }
  const edits: LineEdit[] = []
  const fresh = reindentFor(places)(block.replace)
  for (const edit of lineEdits(block.search, block.replace)) {
    const place = placeOf(edit, lines, span)
    if (place === null) return null
    edits.push({ ...place, lines: fresh.slice(edit.at, edit.at + edit.lines.length) })
  }
  return edits
}

/** The lines of the file that an edit of the search changes; null if one of them is unlike, or where it inserts is not sure. */
function placeOf(edit: LineEdit, lines: readonly (number | null)[], span: LineSpan): LineSpan | null {
  const touched = lines.slice(edit.from, edit.to)
  if (touched.some((line, at) => line === null || line !== touched[0]! + at)) return null
  if (touched.length > 0) return { from: touched[0]!, to: touched[0]! + touched.length }
  const before = edit.from === 0 ? span.from - 1 : lines[edit.from - 1]
  const after = edit.from === lines.length ? span.to : lines[edit.from]
  if (before == null || after == null || after !== before + 1) return null
  return { from: after, to: after }
}

/** A block that changes nothing but white space outside the target is one that nobody asked for. */
function withoutFormatting(
  text: TextLines,
  edits: readonly LineEdit[],
  target: LineSpan | null,
): readonly LineEdit[] {
  if (target === null) return edits
  const isOutside = edits.every(edit => edit.to <= target.from || edit.from >= target.to)
  const isFormatting = edits.every(edit => bare(text.lines.slice(edit.from, edit.to)) === bare(edit.lines))
  return isOutside && isFormatting ? [] : edits
}

function bare(lines: readonly string[]): string {
  return lines.join("").replace(/\s+/g, "")
}

/** Whether the model moved lines of a literal and added others to it: nobody can tell how far in the new ones are meant to be. */
function areMovedAmidNew(literals: readonly string[], standing: readonly string[]): boolean {
  const known = new Map(standing.map(line => [line.trim(), line]))
  const isMoved = literals.some(line => (known.get(line.trim()) ?? line) !== line)
  return isMoved && literals.some(line => !known.has(line.trim()))
}

/** The lines of a span that begin within a literal, but for blank ones. */
export function literalsOf(code: CodeText, span: LineSpan): readonly string[] {
  const within = literalLines(code, span)
  return Array.from(within, line => code.lines.lines[line]!).filter(line => line.trim() !== "")
}

/** Refuses code with a comment that stands for code and is not `known`, the line without its indentation; null if there is none. */
export function refusedElision(
  code: readonly string[],
  known: (line: string) => boolean,
  path: string,
): Refused | null {
  const elision = elisionIn(code, known)
  return elision === null
    ? null
    : refused(`The model left code of ${path} out (“${shortened(elision)}”); ask again.`)
}

function leftOut(code: readonly string[], { asked, path }: OpenFile): Refused | null {
  return refusedElision(code, line => asked.lines.lines.some(known => known.trim() === line), path)
}

function drafted(span: LineSpan, edits: readonly LineEdit[]): Drafted {
  return { kind: "drafted", draft: { span, edits } }
}

function shifted(edits: readonly LineEdit[], by: number): readonly LineEdit[] {
  return edits.map(edit => ({ ...edit, from: edit.from + by, to: edit.to + by }))
}

function quoted(search: readonly string[]): string {
  return `“${shortened(search.find(line => line.trim() !== "")?.trim() ?? "")}”`
}

function shortened(line: string): string {
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
