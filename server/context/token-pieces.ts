/**
 * What a piece of text is made of, which says most about its price in tokens. Words are told apart by what stands before
 * them, which a tokenizer takes into the word: nothing, a space, or one other mark; a spaced word between spaces is mostly
 * one of prose, where rare words are rarer. And by their case: `lower`, `Capital` or `UPPER` (also `XMLFor`).
 */
export type PieceKind =
  | `${"bare" | "spaced" | "marked" | "prose"}${"Lower" | "Capital" | "Upper"}`
  | OtherKind

/** Runs of punctuation, bare, after a space, or all of one mark; up to three digits; white space; letters above ASCII. */
type OtherKind = "marks" | "spacedMarks" | "sameMarks" | "digits" | "space" | "latin" | "script" | "ideograph"

/** Every kind; its place is the number that visitors are told. */
export const PIECE_KINDS: readonly PieceKind[] = [
  "bareLower",
  "bareCapital",
  "bareUpper",
  "spacedLower",
  "spacedCapital",
  "spacedUpper",
  "markedLower",
  "markedCapital",
  "markedUpper",
  "proseLower",
  "proseCapital",
  "proseUpper",
  "marks",
  "spacedMarks",
  "sameMarks",
  "digits",
  "space",
  "latin",
  "script",
  "ideograph",
]

/** Told of each piece in order: its place in `PIECE_KINDS`, and how many units of letters or marks it has. */
type PieceVisitor = (kind: number, units: number, start: number, end: number) => void

const [LOWER, CAPITAL, UPPER] = [0, 1, 2]
const [BARE, SPACED, MARKED, PROSE] = [0, 3, 6, 9]
const [MARKS, SPACED_MARKS, SAME_MARKS, DIGITS, SPACE] = [12, 13, 14, 15, 16]
const [LATIN, SCRIPT, IDEOGRAPH] = [17, 18, 19]

const [IS_MARK, IS_SPACE, IS_BREAK, IS_DIGIT, IS_LOWER, IS_UPPER, IS_FOREIGN] = [0, 1, 2, 3, 4, 5, 6]

/** What each ASCII unit is. */
const CLASSES: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) => {
  const text = String.fromCharCode(unit)
  if (/[\r\n]/.test(text)) return IS_BREAK
  if (/\s/.test(text)) return IS_SPACE
  if (/\d/.test(text)) return IS_DIGIT
  if (/[a-z]/.test(text)) return IS_LOWER
  return /[A-Z]/.test(text) ? IS_UPPER : IS_MARK
})

/**
 * Cuts a text where the tokenizers of today cut it before they look into their vocabulary: at changes of case, before
 * every third digit, around runs of punctuation, after line breaks; the last space before a word goes with the word.
 * Takes time in proportion to the text.
 */
export function eachPiece(text: string, visit: PieceVisitor): void {
  let at = 0
  while (at < text.length) {
    const kind = classAt(text, at)
    if (kind === IS_SPACE || kind === IS_BREAK) at = visitSpace(text, at, visit)
    else if (kind === IS_DIGIT) at = visitDigits(text, at, visit)
    else if (kind !== IS_MARK) at = visitWord(text, at, at, BARE, visit)
    else if (isLetter(text, at + 1)) at = visitWord(text, at, at + 1, MARKED, visit)
    else at = visitMarks(text, at, at, MARKS, visit)
  }
}

function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit < 128 ? CLASSES[unit]! : foreignClass(unit)
}

/** General punctuation and symbols, and the halves of emoji, are marks; the rest above ASCII is taken for letters. */
function foreignClass(unit: number): number {
  if (unit === 0xa0 || unit === 0x3000 || unit === 0xfeff) return IS_SPACE
  if (unit < 0xaa || (unit >= 0x2000 && unit < 0x2c00) || (unit >= 0x3001 && unit < 0x3040)) return IS_MARK
  return unit >= 0xd800 && unit < 0xf900 ? IS_MARK : IS_FOREIGN
}

function isLetter(text: string, at: number): boolean {
  return at < text.length && classAt(text, at) >= IS_LOWER
}

function visitDigits(text: string, start: number, visit: PieceVisitor): number {
  let end = start + 1
  while (end < start + 3 && end < text.length && classAt(text, end) === IS_DIGIT) end++
  visit(DIGITS, end - start, start, end)
  return end
}

/** `first` is the word's first letter; what stands between `start` and it belongs to the word. */
function visitWord(text: string, start: number, first: number, before: number, visit: PieceVisitor): number {
  if (classAt(text, first) === IS_FOREIGN) return visitForeign(text, start, first, visit)
  let end = first
  while (end < text.length && classAt(text, end) === IS_UPPER) end++
  const capitals = end - first
  while (end < text.length && classAt(text, end) === IS_LOWER) end++
  const small = end - first - capitals
  const shape = capitals === 0 ? LOWER : capitals === 1 && small > 0 ? CAPITAL : UPPER
  const inProse = before === SPACED && isProse(text, start, end)
  visit((inProse ? PROSE : before) + shape, end - first, start, end)
  return end
}

/** Whether a spaced word stands after a letter or comma, and before a space, comma or full stop. */
function isProse(text: string, start: number, end: number): boolean {
  const left = text[start - 1]
  if (left !== "," && !(start > 0 && isLetter(text, start - 1))) return false
  const right = text[end]
  return right === " " || right === "," || right === "." || right === "\n"
}

function visitForeign(text: string, start: number, first: number, visit: PieceVisitor): number {
  const kind = scriptOf(text.charCodeAt(first))
  let end = first
  while (end < text.length && classAt(text, end) === IS_FOREIGN && scriptOf(text.charCodeAt(end)) === kind)
    end++
  visit(kind, end - first, start, end)
  return end
}

function scriptOf(unit: number): number {
  if (unit < 0x250) return LATIN
  return unit < 0x1100 ? SCRIPT : IDEOGRAPH
}

function visitMarks(text: string, start: number, first: number, kind: number, visit: PieceVisitor): number {
  let end = first
  while (end < text.length && classAt(text, end) === IS_MARK) end++
  const units = end - first
  const same = units >= 4 && isRepeated(text, first, end)
  while (end < text.length && classAt(text, end) === IS_BREAK) end++
  visit(same ? SAME_MARKS : kind, units, start, end)
  return end
}

/** Whether from the second mark on they are all one: a line drawn in a comment. */
function isRepeated(text: string, start: number, end: number): boolean {
  const mark = text.charCodeAt(start + 1)
  for (let at = start + 2; at < end; at++) if (text.charCodeAt(at) !== mark) return false
  return true
}

function visitSpace(text: string, start: number, visit: PieceVisitor): number {
  let end = start
  let afterBreaks = start
  for (let kind: number; end < text.length; end++) {
    kind = classAt(text, end)
    if (kind === IS_BREAK) afterBreaks = end + 1
    else if (kind !== IS_SPACE) break
  }
  if (afterBreaks > start) visit(SPACE, afterBreaks - start, start, afterBreaks)
  if (afterBreaks === end) return end
  const last = end === text.length ? end : end - 1
  if (last > afterBreaks) visit(SPACE, last - afterBreaks, afterBreaks, last)
  return last === end ? end : visitLed(text, last, visit)
}

/** What follows one space: the space goes with a word, a tab as another mark would, or, if it is a plain one, with punctuation. */
function visitLed(text: string, space: number, visit: PieceVisitor): number {
  const before = text[space] === " " ? SPACED : MARKED
  if (isLetter(text, space + 1)) return visitWord(text, space, space + 1, before, visit)
  if (text[space] === " " && classAt(text, space + 1) === IS_MARK) {
    return visitMarks(text, space, space + 1, SPACED_MARKS, visit)
  }
  visit(SPACE, 1, space, space + 1)
  return space + 1
}
