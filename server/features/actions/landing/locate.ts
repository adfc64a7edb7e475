import { diffArrays } from "diff"
import { indentOf } from "../../../base/indent.ts"
import { TimeSlice } from "../../../base/time-slice.ts"

/** Lines `from` to `to`, exclusive. */
export interface LineSpan {
  readonly from: number
  readonly to: number
}

/** Where a search stands: for each searched line the line it is, or null where the file says something a little different. */
type Located =
  | { readonly kind: "found"; readonly span: LineSpan; readonly lines: readonly (number | null)[] }
  | { readonly kind: "nowhere" }
  | { readonly kind: "ambiguous"; readonly count: number }

/** How alike a text must be that is taken for the one searched, as a share of equal words and marks. */
const MIN_ALIKE = 0.9
/** A text may have so many more or fewer lines than the search. */
const MAX_LINES_OFF = 3
/** Longest search, in lines, that is compared word by word. */
const MAX_COMPARED = 400

/** Longest stretch of comparing, ms. */
const SLICE_MS = 4

/** The lines of a file, and each without the white space that most grammars do not see. */
export interface SearchedLines {
  readonly lines: readonly string[]
  readonly squeezed: readonly string[]
}

/**
 * Finds whole lines by what they say: exactly, then whatever their white space, then at another indentation. What is found
 * more than once counts only if one of it is within `symbol`.
 */
export function locate(file: SearchedLines, search: readonly string[], symbol: LineSpan | null): Located {
  const exactly = decided(placesOf(file.lines, search), search, symbol)
  if (exactly !== null) return exactly
  const alike = placesOf(file.squeezed, search.map(squeezed))
  const indented = alike.filter(from => isIndentedAs(search, file.lines, from))
  return decided(indented, search, symbol) ?? decided(alike, search, symbol) ?? { kind: "nowhere" }
}

/** What the places of one rung come to; null if there are none. */
function decided(all: readonly number[], search: readonly string[], symbol: LineSpan | null): Located | null {
  const places = all.length > 1 ? all.filter(from => isWithin(from, search.length, symbol)) : all
  if (places.length === 1) return foundAt(places[0]!, search.length)
  return all.length > 1 ? { kind: "ambiguous", count: all.length } : null
}

/** A line without the white space that most grammars do not see: none at its ends, one space elsewhere. */
export function squeezed(line: string): string {
  return line.trim().replace(/\s\s+|[^\S ]/g, " ")
}

function isIndentedAs(search: readonly string[], lines: readonly string[], from: number): boolean {
  return search.every((line, at) => line.trim() === "" || indentOf(line) === indentOf(lines[from + at]!))
}

/** The first lines of every place where `search` stands. */
export function placesOf(lines: readonly string[], search: readonly string[]): readonly number[] {
  const places: number[] = []
  const [first = ""] = search
  for (let from = lines.indexOf(first); from >= 0; from = lines.indexOf(first, from + 1)) {
    if (search.every((line, at) => lines[from + at] === line)) places.push(from)
  }
  return places
}

function isWithin(from: number, length: number, symbol: LineSpan | null): boolean {
  return symbol !== null && from >= symbol.from && from + length <= symbol.to
}

function foundAt(from: number, length: number): Located {
  const lines = Array.from({ length }, (_, at) => from + at)
  return { kind: "found", span: { from, to: from + length }, lines }
}

/** A stretch of lines that is nearly what is searched. */
interface Alike {
  readonly span: LineSpan
  readonly score: number
}

/** Fewest units of a part of a line that is looked for: less says too little. */
const SHORTEST_PART = 6

/** The one line that says `part` among other things, whole words only; null if none does, or if it stands twice. */
export function locatePart(lines: readonly string[], part: string): { line: number; start: number } | null {
  if (part.length < SHORTEST_PART) return null
  const places = lines.flatMap((text, line) =>
    text.includes(part) ? startsIn(text, part).map(start => ({ line, start })) : [],
  )
  return places.length === 1 ? places[0]! : null
}

function startsIn(line: string, part: string): readonly number[] {
  const starts: number[] = []
  for (let at = line.indexOf(part); at >= 0; at = line.indexOf(part, at + 1)) {
    const isCut = [at, at + part.length].some(edge =>
      /^[\p{L}\p{N}_$]{2}$/u.test(line.slice(edge - 1, edge + 1)),
    )
    if (!isCut) starts.push(at)
  }
  return starts
}

/** Finds the one stretch of `symbol` that is at least nine tenths what is searched. Two that do not touch are one too many. */
export async function locateAlike(
  lines: readonly string[],
  search: readonly string[],
  symbol: LineSpan,
): Promise<Located> {
  if (search.length > MAX_COMPARED) return { kind: "nowhere" }
  const alike = await alikeIn(lines, search, symbol)
  if (alike.length === 0) return { kind: "nowhere" }
  const best = alike.reduce((one, other) => (other.score > one.score ? other : one))
  const apart = alike.filter(({ span }) => span.to <= best.span.from || span.from >= best.span.to)
  if (apart.length > 0) return { kind: "ambiguous", count: apart.length + 1 }
  return {
    kind: "found",
    span: best.span,
    lines: aligned(search, lines.slice(best.span.from, best.span.to), best.span),
  }
}

async function alikeIn(
  lines: readonly string[],
  search: readonly string[],
  symbol: LineSpan,
): Promise<readonly Alike[]> {
  const wanted = wordsOf(search)
  const words = lines.slice(symbol.from, symbol.to).map(line => wordsOf([line]))
  const slice = new TimeSlice(SLICE_MS)
  const alike: Alike[] = []
  for (let from = symbol.from; from < symbol.to; from++) {
    if (slice.due()) await slice.pause()
    for (let length = search.length - MAX_LINES_OFF; length <= search.length + MAX_LINES_OFF; length++) {
      const span = { from, to: from + length }
      if (length < 1 || span.to > symbol.to) continue
      const score = likeness(wanted, words.slice(from - symbol.from, span.to - symbol.from).flat())
      if (score >= MIN_ALIKE) alike.push({ span, score })
    }
  }
  return alike
}

function wordsOf(lines: readonly string[]): readonly string[] {
  return lines.join("\n").match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []
}

/** The share of words that two texts have in common and in order; 0 if it is less than is asked for. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const total = one.length + other.length
  const maxEditLength = Math.floor(total * (1 - MIN_ALIKE))
  if (total === 0 || Math.abs(one.length - other.length) > maxEditLength) return 0
  const parts = diffArrays([...one], [...other], { maxEditLength })
  if (parts === undefined) return 0
  const different = parts.filter(part => part.added || part.removed)
  return 1 - different.reduce((sum, part) => sum + part.value.length, 0) / total
}

/** For each searched line the line of the file that says the same. */
function aligned(
  search: readonly string[],
  lines: readonly string[],
  span: LineSpan,
): readonly (number | null)[] {
  const map: (number | null)[] = []
  let at = span.from
  for (const { added, removed, value } of diffArrays(search.map(squeezed), lines.map(squeezed))) {
    if (removed) map.push(...value.map(() => null))
    else if (added) at += value.length
    else for (const _ of value) map.push(at++)
  }
  return map
}
