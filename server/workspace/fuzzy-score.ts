/** Points for a matched unit that starts a word, follows the last matched one, or has the same case. */
const WORD_START = 6
const RUN = 5
const SAME_CASE = 1
/** Points off per unit of the name that is not matched. */
const SPARE = 0.25

/** How well `pattern` matches `name` as a subsequence in any case, more is better; null if it does not. */
export function fuzzyScore(pattern: string, name: string): number | null {
  const plain = scoreOf(pattern, name, false)
  if (plain === null) return null
  return Math.max(plain, scoreOf(pattern, name, true) ?? plain)
}

/** Which of the letters a to z a text holds, in either case: bit 0 for a; bit 26 for digits, 27 for anything else. */
export function letterMask(text: string): number {
  let mask = 0
  for (let at = 0; at < text.length; at++) mask |= bitOf(text.charCodeAt(at))
  return mask
}

/** As `letterMask`, of the units that start a word alone. */
export function wordStartMask(name: string): number {
  let mask = 0
  for (let at = 0; at < name.length; at++) if (startsWord(name, at)) mask |= bitOf(name.charCodeAt(at))
  return mask
}

/** The pairs of units that follow each other in a text, in either case, as bits of a few that they are hashed to. */
export function pairMask(text: string): number {
  let mask = 0
  for (let at = 1; at < text.length; at++) mask |= pairBit(text.charCodeAt(at - 1), text.charCodeAt(at))
  return mask
}

/** The most that a name can score for one pattern, told without looking at the name. */
export class FuzzyBound {
  /** Letters that a name must hold, see `letterMask`. */
  readonly letters: number
  /** What the units can score wherever they stand, and nothing spare. */
  readonly #anywhere: number
  /** What they can score in all. */
  readonly #most: number
  /** By unit: its bit, and that of the pair that it ends, of no pair for the first. */
  readonly #bits: Int32Array
  readonly #pairs: Int32Array

  constructor(pattern: string) {
    const { length } = pattern
    this.letters = letterMask(pattern)
    this.#anywhere = length * (SAME_CASE + SPARE)
    this.#most = this.#anywhere + length * (RUN + WORD_START)
    this.#bits = Int32Array.from({ length }, (_, at) => bitOf(pattern.charCodeAt(at)))
    this.#pairs = Int32Array.from({ length }, (_, at) => pairMask(pattern.slice(Math.max(0, at - 1), at + 1)))
  }

  /** Whether a name with these `wordStartMask`, `pairMask` and length, or one that is longer, may score above `floor`. */
  mayExceed(floor: number, starts: number, pairs: number, length: number): boolean {
    const spare = SPARE * length
    if (this.#most - spare <= floor) return false
    let bound = this.#anywhere - spare
    // The first unit follows nothing but the very start of the name, which starts a word.
    if ((starts & this.#bits[0]!) !== 0) bound += RUN
    for (let at = 0; at < this.#bits.length; at++) {
      if ((starts & this.#bits[at]!) !== 0) bound += WORD_START
      if ((pairs & this.#pairs[at]!) !== 0) bound += RUN
    }
    return bound > floor
  }
}

/** Matches each unit at its first place left, or, if `starts`, at the first left that starts a word, where there is one. */
function scoreOf(pattern: string, name: string, starts: boolean): number | null {
  let score = 0
  let last = -1
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern.charCodeAt(i)
    const follows = last >= 0 && sameLetter(name.charCodeAt(last + 1), unit)
    const first = placeOf(unit, name, last + 1, false)
    const start = starts && !follows ? placeOf(unit, name, last + 1, true) : -1
    const place = start === -1 ? first : start
    if (place === -1) return null
    if (place === last + 1) score += RUN
    if (startsWord(name, place)) score += WORD_START
    if (name.charCodeAt(place) === unit) score += SAME_CASE
    last = place
  }
  return score - SPARE * (name.length - pattern.length)
}

function placeOf(unit: number, name: string, from: number, atWordStart: boolean): number {
  for (let place = from; place < name.length; place++) {
    if (sameLetter(name.charCodeAt(place), unit) && (!atWordStart || startsWord(name, place))) return place
  }
  return -1
}

function bitOf(unit: number): number {
  const letter = (unit | 32) - 97
  if (letter >= 0 && letter < 26 && unit >= 65 && unit < 123) return 1 << letter
  return unit >= 48 && unit < 58 ? 1 << 26 : 1 << 27
}

function pairBit(first: number, second: number): number {
  return 1 << ((Math.imul(lower(first), 31) + lower(second)) & 31)
}

function lower(unit: number): number {
  return isUpper(unit) ? unit | 32 : unit
}

function startsWord(name: string, place: number): boolean {
  if (place === 0) return true
  const before = name.charCodeAt(place - 1)
  return isUpper(name.charCodeAt(place)) ? !isUpper(before) : !isLetterOrDigit(before)
}

function sameLetter(a: number, b: number): boolean {
  return a === b || ((a | 32) === (b | 32) && (a | 32) >= 97 && (a | 32) <= 122)
}

function isUpper(unit: number): boolean {
  return unit >= 65 && unit <= 90
}

function isLetterOrDigit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || isUpper(unit) || (unit >= 97 && unit <= 122) || unit > 127
}
