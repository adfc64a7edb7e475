import type { Lexicon } from "../../syntax/tokens.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"

type TextWithLines = Pick<DocumentSnapshot, "text" | "lines">

/** An order that stands in a comment: `// pl: make this async`. Offsets are UTF-16 code units. */
export interface InstructionComment {
  /** What takes the comment away: whole lines, with their last break, or from behind the code before it to the line's end. */
  readonly start: number
  readonly end: number
  /** What it says, its lines joined by one space. */
  readonly instruction: string
  /** Whether code stands before it on its line. */
  readonly trails: boolean
}

/** What an order begins with where the user set nothing else. */
export const DEFAULT_PREFIX = "pl:"

/** Most orders looked for in one document, and most lines of one. */
const MOST_ORDERS = 100
const MOST_LINES = 40

/** Every order in a document, in its order; comments that say nothing after the prefix are none. */
export function instructionComments(
  document: TextWithLines,
  lexicon: Lexicon,
  prefix: string = DEFAULT_PREFIX,
): readonly InstructionComment[] {
  const found: InstructionComment[] = []
  const { text } = document
  if (prefix === "") return found
  for (
    let at = text.indexOf(prefix);
    at !== -1 && found.length < MOST_ORDERS;
    at = text.indexOf(prefix, at)
  ) {
    const comment = lineOrder(document, lexicon, at, prefix) ?? blockOrder(document, lexicon, at, prefix)
    if (comment !== null && comment.instruction !== "") found.push(comment)
    at = Math.max(at + prefix.length, comment?.end ?? 0)
  }
  return found
}

/** The order on the lines of a place, or null. */
export function instructionAt(
  orders: readonly InstructionComment[],
  { lines }: Pick<DocumentSnapshot, "lines">,
  offset: number,
): InstructionComment | null {
  const line = lines.lineAt(offset)
  return orders.find(({ start, end }) => lines.lineAt(start) <= line && line <= lines.lineAt(end - 1)) ?? null
}

/** Where the code begins that stands behind an order. */
export function codeBehind(text: string, { end }: Pick<InstructionComment, "end">): number {
  const behind = text.slice(end)
  return end + behind.length - behind.trimStart().length
}

/** An order in a comment that goes to the end of its line, with the comments alone on the lines right below. */
function lineOrder(
  { text, lines }: TextWithLines,
  { lineComments }: Lexicon,
  at: number,
  prefix: string,
): InstructionComment | null {
  const first = lines.lineAt(at)
  const lineStart = lines.startOf(first)
  const lead = text.slice(lineStart, at).trimEnd()
  const mark = longest(lineComments.filter(each => lead.endsWith(each)))
  if (mark === null) return null
  const code = lead.slice(0, -mark.length)
  if (!standsAlone(code)) return null
  const trails = code.trim() !== ""
  const said = [lineText(text, lines, first).slice(at - lineStart + prefix.length)]
  let last = first
  while (!trails && last - first < MOST_LINES) {
    const next = lineText(text, lines, last + 1).trim()
    const more = next.slice(mark.length).trim()
    if (!next.startsWith(mark) || more === "" || more.startsWith(prefix)) break
    said.push(more)
    last++
  }
  const start = trails ? lineStart + code.trimEnd().length : lineStart
  const end = trails ? lineStart + lineText(text, lines, first).length : lines.startOf(last + 1)
  return { start, end, instruction: joined(said), trails }
}

/** An order in a comment that has an end of its own. */
function blockOrder(
  { text, lines }: TextWithLines,
  { blockComments }: Lexicon,
  at: number,
  prefix: string,
): InstructionComment | null {
  const lead = text.slice(0, at).trimEnd()
  const pair = blockComments.find(([open]) => lead.endsWith(open) || lead.endsWith(`${open}*`))
  if (pair === undefined) return null
  const close = text.indexOf(pair[1], at)
  if (close === -1) return null
  const opened = lead.lastIndexOf(pair[0])
  const end = close + pair[1].length
  if (lines.lineAt(end) - lines.lineAt(opened) > MOST_LINES) return null
  const said = text
    .slice(at + prefix.length, close)
    .split(/\r\n|\r|\n/)
    .map(line => line.replace(/^\s*\*(?!\/)/, ""))
  const lineStart = lines.startOf(lines.lineAt(opened))
  const code = text.slice(lineStart, opened)
  const after = text.slice(end, lines.startOf(lines.lineAt(end) + 1))
  const alone = code.trim() === "" && after.trim() === ""
  if (alone) return { start: lineStart, end: end + after.length, instruction: joined(said), trails: false }
  return {
    start: lineStart + code.trimEnd().length,
    end,
    instruction: joined(said),
    trails: code.trim() !== "",
  }
}

/** Whether what stands before a mark leaves it a comment: an open quote makes it part of a text. */
function standsAlone(code: string): boolean {
  return ['"', "'", "`"].every(quote => (code.split(quote).length - 1) % 2 === 0)
}

function lineText(text: string, lines: DocumentSnapshot["lines"], line: number): string {
  return line >= lines.count
    ? ""
    : text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/[\r\n]+$/, "")
}

function longest(marks: readonly string[]): string | null {
  return marks.reduce<string | null>((best, mark) => (mark.length > (best?.length ?? 0) ? mark : best), null)
}

function joined(lines: readonly string[]): string {
  return lines
    .map(line => line.trim())
    .filter(line => line !== "")
    .join(" ")
}
