/** A line of a text that holds nothing but one run of base64 between marks. */
export interface KeyLine {
  /** The run itself, UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** Where the next line begins: after a line break, or after one written as an escape. */
  readonly next: number
}

const BASE64 = /[A-Za-z0-9+/=]/
/** What stands around the lines of a key in code, comments, diffs and quotes. */
const MARK = /[\s"'`,.;:#*|>()-]/
/** Lines are not looked at beyond this, UTF-16 code units. */
const LONGEST_LINE = 400
/** Shortest run after which a key may go on in the same line. */
const FLAT_LINE = 40

/**
 * The line of a key that begins at `start`, or null if something else stands there. Its run may be empty. Never looks back
 * or beyond `LONGEST_LINE`, so that a text is read in time proportional to its length.
 */
export function keyLineAt(text: string, start: number): KeyLine | null {
  const most = Math.min(text.length, start + LONGEST_LINE)
  const runStart = skipMarks(text, start, most)
  const run = skipRun(text, runStart, most)
  // A key on one line has no breaks: it goes on after spaces, or until its end mark.
  if (run === most || text.startsWith("-----", run)) return { start: runStart, end: run, next: run }
  let end = run
  while (end < most && text[end] !== "\n" && !isEscape(text, end) && isJoin(text, end)) end++
  if (end >= text.length) return { start: runStart, end: run, next: text.length }
  if (text[end] === "\n") return { start: runStart, end: run, next: end + 1 }
  if (isEscape(text, end)) return { start: runStart, end: run, next: end + 2 }
  return run - runStart >= FLAT_LINE && end > run ? { start: runStart, end: run, next: end } : null
}

function skipMarks(text: string, from: number, most: number): number {
  let at = from
  while (at < most && text[at] !== "\n" && MARK.test(text[at]!)) at++
  // Only in comments and joined literals, never in a key, do these stand before a space or quote.
  const sign = /^(?:\/\/+|\+)[ \t"'`]+/.exec(text.slice(at, Math.min(most, at + 24)))
  return sign === null ? at : skipMarks(text, at + sign[0].length, most)
}

function skipRun(text: string, from: number, most: number): number {
  let at = from
  while (at < most && BASE64.test(text[at]!)) at++
  return at
}

/** Whether a character may stand after the run of a line: a mark, or what joins two literals. */
function isJoin(text: string, at: number): boolean {
  return MARK.test(text[at]!) || text[at] === "+" || text[at] === "\\"
}

/** Whether a line break written as `\n` or `\r` begins here. */
function isEscape(text: string, at: number): boolean {
  return text[at] === "\\" && (text[at + 1] === "n" || text[at + 1] === "r")
}

/** Where the line that holds `at`, or ends there, begins: after a line break or one written as an escape; at most 400 before. */
export function lineStart(text: string, at: number): number {
  const least = Math.max(0, at - LONGEST_LINE)
  let start = at
  while (start > least && text[start - 1] !== "\n" && !isEscape(text, start - 2)) start--
  return start
}
