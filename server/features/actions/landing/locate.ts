import { diffArrays } from "diff"

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

/** Each rung forgives more than the one before. */
const RUNGS: readonly ((line: string) => string)[] = [
  line => line,
  line => /^[ \t]*/.exec(line)![0] + squeezed(line),
  squeezed,
]

/**
 * Finds whole lines by what they say: exactly, then whatever their white space, then at another indentation, then within
 * `symbol` what is at least nine tenths the same. What is found more than once counts only if one of it is within `symbol`.
 */
export function locate(
  lines: readonly string[],
  search: readonly string[],
  symbol: LineSpan | null,
): Located {
  for (const rung of RUNGS) {
    const all = placesOf(lines.map(rung), search.map(rung))
    const places = all.length > 1 ? all.filter(from => isWithin(from, search.length, symbol)) : all
    if (places.length === 1) return foundAt(places[0]!, search.length)
    if (all.length > 1) return { kind: "ambiguous", count: all.length }
  }
  return symbol === null || search.length > MAX_COMPARED
    ? { kind: "nowhere" }
    : likeliest(lines, search, symbol)
}

/** A line without the white space that most grammars do not see: none at its ends, one space elsewhere. */
function squeezed(line: string): string {
  return line.trim().replace(/\s+/g, " ")
}

/** The first lines of every place where `search` stands. */
export function placesOf(lines: readonly string[], search: readonly string[]): readonly number[] {
  const places: number[] = []
  for (let from = 0; from + search.length <= lines.length; from++) {
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

/** The one stretch of `symbol` that is nearly what is searched. Two that do not touch are one too many. */
function likeliest(lines: readonly string[], search: readonly string[], symbol: LineSpan): Located {
  const wanted = wordsOf(search)
  const alike: { span: LineSpan; score: number }[] = []
  for (let from = symbol.from; from < symbol.to; from++) {
    for (let length = search.length - MAX_LINES_OFF; length <= search.length + MAX_LINES_OFF; length++) {
      const span = { from, to: from + length }
      if (length < 1 || span.to > symbol.to) continue
      const score = likeness(wanted, wordsOf(lines.slice(from, span.to)))
      if (score >= MIN_ALIKE) alike.push({ span, score })
    }
  }
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
