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
