import type { Span } from "../syntax/parser.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"

/** A name that stands in a document, seen from the cursor. */
export interface CursorName {
  readonly name: string
  /** Lines to the nearest use; 0 in the lines that are asked about. */
  distance: number
  uses: number
  /** Whether the nearest use follows a dot. */
  isMember: boolean
}

/** Lines either side of the cursor that are read word by word. */
const REACH = 400
/** Longest line that is read whole, UTF-16 code units. */
const MAX_LINE = 2000
const LEAST_NAME = 2

/**
 * The names within reach of a place, by name; what stands in `besides` (import statements) does not count.
 * Costs the lines within reach of its start, whatever its length and that of the document.
 */
export function cursorNames(
  { text, lines }: DocumentSnapshot,
  place: Span,
  besides: readonly Span[],
): ReadonlyMap<string, CursorName> {
  const names = new Map<string, CursorName>()
  const here = lines.lineAt(place.start)
  const hereLast = lines.lineAt(place.end)
  const last = Math.min(lines.count, here + REACH + 1)
  for (let line = Math.max(0, here - REACH); line < last; line++) {
    const start = lines.startOf(line)
    if (besides.some(span => start >= span.start && start < span.end)) continue
    const end = Math.min(start + MAX_LINE, line + 1 < lines.count ? lines.startOf(line + 1) : text.length)
    const distance = Math.max(here - line, line - hereLast, 0)
    eachWord(text, start, end, (from, to) => note(names, text, from, to, distance))
  }
  return names
}

function note(
  names: Map<string, CursorName>,
  text: string,
  from: number,
  to: number,
  distance: number,
): void {
  if (to - from < LEAST_NAME) return
  const name = text.slice(from, to)
  const known = names.get(name)
  const isMember = text.charCodeAt(from - 1) === DOT
  if (known === undefined) {
    if (!isMember && RESERVED.has(name)) return
    names.set(name, { name, distance, uses: 1, isMember })
    return
  }
  known.uses++
  if (distance < known.distance) {
    known.distance = distance
    known.isMember = isMember
  }
}

const DOT = 46

/** Keywords and types of the languages themselves, which name nothing of a project unless they follow a dot. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    "any as async await bool boolean break case catch class const continue def default do elif else enum except export",
    "extends false False final finally fn for func function if impl implements import in instanceof int interface is",
    "lambda let mut namespace never new nil None not null number object of or override package private protected pub",
    "public readonly return self static str string struct super switch symbol this throw throws trait true True try",
    "typeof undefined unknown var void while with yield",
  ].flatMap(words => words.split(" ")),
)

/** Calls `visit` with the bounds of each name between two offsets; names begin with a letter, `_`, `$` or a unit past ASCII. */
export function eachWord(
  text: string,
  start: number,
  end: number,
  visit: (from: number, to: number) => void,
): void {
  for (let at = start; at < end; at++) {
    if (!isNameUnit(text.charCodeAt(at))) continue
    const from = at
    while (at < end && isNameUnit(text.charCodeAt(at))) at++
    if (!isDigit(text.charCodeAt(from))) visit(from, at)
  }
}

/** The distinct names in a text. */
export function wordsIn(text: string): Set<string> {
  const words = new Set<string>()
  eachWord(text, 0, text.length, (from, to) => words.add(text.slice(from, to)))
  return words
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

function isNameUnit(unit: number): boolean {
  const letter = unit | 32
  return (letter >= 97 && letter <= 122) || isDigit(unit) || unit === 95 || unit === 36 || unit > 127
}
