import { type ArrayChange, diffArrays } from "diff"
import { changeBetween, type TextChange } from "../../../base/text-change.ts"

/** A text as lines, with where each begins and ends. */
export interface TextLines {
  readonly lines: readonly string[]
  /** Offset of the first unit of each line. */
  readonly starts: readonly number[]
  /** The line break behind each line; none behind the last. */
  readonly breaks: readonly string[]
  readonly length: number
}

/** Lines `from` to `to` (exclusive) become `lines`. */
export interface LineEdit {
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

/** A text taken apart; the last line is the one behind the last line break. */
export function textLines(text: string): TextLines {
  const lines: string[] = []
  const starts: number[] = []
  const breaks: string[] = []
  let start = 0
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push(text.slice(start, index))
    starts.push(start)
    breaks.push(end)
    start = index + end.length
  }
  lines.push(text.slice(start))
  starts.push(start)
  return { lines, starts, breaks, length: text.length }
}

/**
 * Most lines in and out that are looked for one by one, between the first and the last that differ; beyond them all in between
 * is replaced. Looking takes the square of it, 300 some ms.
 */
const MAX_DIFFERENT = 300

/** An edit that a comparison found. */
interface FoundEdit extends LineEdit {
  /** Where its lines begin in the lines it leads to. */
  readonly at: number
}

/**
 * The fewest whole lines to change so that `before` becomes `after`. Lines that differ only in white space at their end stay,
 * unless nothing else differs and it is taken away: that was asked for, then.
 */
export function lineEdits(
  before: readonly string[],
  after: readonly string[],
  isSame: (one: string, other: string) => boolean = isSameLine,
): readonly FoundEdit[] {
  const start = sameAtStart(before, after, isSame)
  const end = Math.min(sameAtEnd(before, after, isSame), Math.min(before.length, after.length) - start)
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  if (old.length === 0 && fresh.length === 0) return takenEnds(before, after)
  const options = { comparator: isSame, maxEditLength: MAX_DIFFERENT }
  const parts = diffArrays(old, fresh, options)
  const edits = parts === undefined ? [{ from: 0, to: old.length, at: 0, lines: fresh }] : editsIn(parts)
  return edits.map(edit => ({
    ...edit,
    from: edit.from + start,
    to: edit.to + start,
    at: edit.at + start,
  }))
}

/** Of as many lines on both sides, those that end in less white space than before. */
function takenEnds(before: readonly string[], after: readonly string[]): readonly FoundEdit[] {
  return after.flatMap((line, at) =>
    line.length < before[at]!.length ? [{ from: at, to: at + 1, at, lines: [line] }] : [],
  )
}

function editsIn(parts: readonly ArrayChange<string>[]): readonly FoundEdit[] {
  const edits: FoundEdit[] = []
  let [from, to, at] = [0, 0, 0]
  let lines: string[] = []
  const flush = (kept: number): void => {
    if (to > from || lines.length > 0) edits.push({ from, to, at, lines })
    from = to + kept
    to = from
    at += lines.length + kept
    lines = []
  }
  for (const { added, removed, value } of parts) {
    if (added) lines.push(...value)
    else if (removed) to += value.length
    else flush(value.length)
  }
  flush(0)
  return edits
}

/** How many lines at the start of two texts are the same. */
export function sameAtStart(
  one: readonly string[],
  other: readonly string[],
  isSame: (one: string, other: string) => boolean = Object.is,
): number {
  const shorter = Math.min(one.length, other.length)
  let same = 0
  while (same < shorter && isSame(one[same]!, other[same]!)) same++
  return same
}

/** How many lines at the end of two texts are the same. */
export function sameAtEnd(
  one: readonly string[],
  other: readonly string[],
  isSame: (one: string, other: string) => boolean = Object.is,
): number {
  const most = Math.min(one.length, other.length)
  let same = 0
  while (same < most && isSame(one[one.length - 1 - same]!, other[other.length - 1 - same]!)) same++
  return same
}

function isSameLine(one: string, other: string): boolean {
  return one === other || one.trimEnd() === other.trimEnd()
}

/**
 * An edit of whole lines as a change of the text. Each line keeps the line break of the one that it replaces; one more has that
 * of the line before.
 */
export function changeOf(text: TextLines, edit: LineEdit): TextChange {
  if (edit.from === edit.to) return insertion(text, edit)
  if (edit.lines.length > 0) {
    const joined = joinedBy(edit.lines, line => breakAt(text, Math.min(edit.from + line, edit.to - 1)))
    return { start: text.starts[edit.from]!, end: endOf(text, edit.to - 1), text: joined }
  }
  if (edit.to < text.lines.length)
    return { start: text.starts[edit.from]!, end: text.starts[edit.to]!, text: "" }
  const start = edit.from > 0 ? endOf(text, edit.from - 1) : 0
  return { start, end: text.length, text: "" }
}

function insertion(text: TextLines, { from, lines }: LineEdit): TextChange {
  const eol = breakAt(text, Math.max(0, from - 1))
  const joined = joinedBy(lines, () => eol)
  if (from < text.lines.length) return at(text.starts[from]!, joined + eol)
  return at(text.length, eol + joined)
}

function joinedBy(lines: readonly string[], breakBehind: (line: number) => string): string {
  return lines.map((line, at) => (at === lines.length - 1 ? line : line + breakBehind(at))).join("")
}

/** The line break behind a line, or behind the one before it; a line feed in a text of one line. */
function breakAt({ breaks }: TextLines, line: number): string {
  return breaks[line] ?? breaks[line - 1] ?? breaks.at(-1) ?? "\n"
}

function at(offset: number, text: string): TextChange {
  return { start: offset, end: offset, text }
}

/** Where a line ends, before its line break. */
export function endOf({ starts, lines }: TextLines, line: number): number {
  return starts[line]! + lines[line]!.length
}

/** The changes of whole lines, sorted and apart, that turn one text into another; one change where line breaks differ. */
export function changesBetween(
  before: TextLines,
  after: TextLines,
  texts: readonly [string, string],
): readonly TextChange[] {
  const changes = lineEdits(before.lines, after.lines, Object.is).map(edit => changeOf(before, edit))
  if (changed(texts[0], changes) === texts[1]) return changes
  const change = changeBetween(...texts)
  return change === null ? [] : [change]
}

/** The text after changes that are sorted and apart from each other. */
export function changed(text: string, changes: readonly TextChange[]): string {
  let result = ""
  let done = 0
  for (const change of changes) {
    result += text.slice(done, change.start) + change.text
    done = change.end
  }
  return result + text.slice(done)
}
