import { diffArrays } from "diff"
import type { TextChange } from "../../../base/text-change.ts"

/** A text as lines, with where each begins and ends. */
export interface TextLines {
  readonly lines: readonly string[]
  /** Offset of the first unit of each line. */
  readonly starts: readonly number[]
  /** The line break that the text uses most. */
  readonly eol: string
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
  let [start, windows] = [0, 0]
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push(text.slice(start, index))
    starts.push(start)
    start = index + end.length
    if (end === "\r\n") windows++
  }
  const eol = windows * 2 > lines.length ? "\r\n" : lines.length > 0 && !text.includes("\n") ? "\r" : "\n"
  lines.push(text.slice(start))
  starts.push(start)
  return { lines, starts, eol, length: text.length }
}

/** Most lines in and out that are looked for one by one; beyond them all that is between the first and the last is replaced. */
const MAX_DIFFERENT = 4000

/** An edit that a comparison found. */
interface FoundEdit extends LineEdit {
  /** Where its lines begin in the lines it leads to. */
  readonly at: number
}

/** The fewest whole lines to change so that `before` becomes `after`; lines that differ only in white space at their end stay. */
export function lineEdits(before: readonly string[], after: readonly string[]): readonly FoundEdit[] {
  const options = { comparator: isSameLine, maxEditLength: MAX_DIFFERENT }
  const parts = diffArrays([...before], [...after], options)
  if (parts === undefined) return [{ from: 0, to: before.length, at: 0, lines: after }]
  const edits: FoundEdit[] = []
  let [from, to, at] = [0, 0, 0]
  let lines: string[] = []
  const flush = (): void => {
    if (to > from || lines.length > 0) edits.push({ from, to, at, lines })
    from = to
    at += lines.length
    lines = []
  }
  for (const { added, removed, value } of parts) {
    if (added) lines.push(...value)
    else if (removed) to += value.length
    else {
      flush()
      from += value.length
      to = from
      at += value.length
    }
  }
  flush()
  return edits
}

function isSameLine(one: string, other: string): boolean {
  return one === other || one.trimEnd() === other.trimEnd()
}

/** An edit of whole lines as a change of the text. */
export function changeOf(text: TextLines, edit: LineEdit): TextChange {
  const joined = edit.lines.join(text.eol)
  if (edit.from === edit.to) {
    if (edit.from < text.lines.length) return at(text.starts[edit.from]!, joined + text.eol)
    return at(text.length, text.eol + joined)
  }
  if (edit.lines.length > 0)
    return { start: text.starts[edit.from]!, end: endOf(text, edit.to - 1), text: joined }
  if (edit.to < text.lines.length)
    return { start: text.starts[edit.from]!, end: text.starts[edit.to]!, text: "" }
  const start = edit.from > 0 ? endOf(text, edit.from - 1) : 0
  return { start, end: text.length, text: "" }
}

function at(offset: number, text: string): TextChange {
  return { start: offset, end: offset, text }
}

/** Where a line ends, before its line break. */
export function endOf({ starts, lines }: TextLines, line: number): number {
  return starts[line]! + lines[line]!.length
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
