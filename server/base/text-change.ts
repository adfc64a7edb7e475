/** One replacement in a text: the UTF-16 code units from `start` to `end` (exclusive) become `text`. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text after one change. Throws RangeError if the change lies outside the text. */
export function applyChange(text: string, change: TextChange): string {
  if (change.start < 0 || change.end < change.start || change.end > text.length) {
    throw new RangeError(`change ${change.start}..${change.end} lies outside a text of ${text.length} units`)
  }
  return text.slice(0, change.start) + change.text + text.slice(change.end)
}

/** Texts are compared in pieces of this many UTF-16 code units first: far faster than one by one. */
const PIECE = 1024

/** The smallest single change that turns `before` into `after`, or null if they are equal. Never splits a surrogate pair. */
export function changeBetween(before: string, after: string): TextChange | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start + PIECE <= shorter && isSamePiece(before, start, after, start)) start += PIECE
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (isHighSurrogate(before.charCodeAt(start - 1))) start--
  let tail = 0
  const most = shorter - start
  while (
    tail + PIECE <= most &&
    isSamePiece(before, before.length - tail - PIECE, after, after.length - tail - PIECE)
  )
    tail += PIECE
  while (
    tail < most &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail--
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

/** Whether two texts have the same piece, each at its own place. */
function isSamePiece(a: string, atA: number, b: string, atB: number): boolean {
  return a.slice(atA, atA + PIECE) === b.slice(atB, atB + PIECE)
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
