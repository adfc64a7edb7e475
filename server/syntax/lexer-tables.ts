import type { Lexicon } from "./tokens.ts"

/** What a unit below 128 can begin or be part of; bits of a unit table. */
export const Unit = {
  space: 1,
  nameStart: 2,
  namePart: 4,
  digit: 8,
  quote: 16,
  longQuote: 32,
  comment: 64,
  extra: 128,
}

/** For each unit below 128, what it can begin or be part of in a language. */
export function unitTable(lexicon: Lexicon): Uint8Array {
  const units = new Uint8Array(128)
  for (let unit = 0; unit < 128; unit++) if (isWordUnit(unit)) units[unit] = Unit.namePart | Unit.nameStart
  for (let digit = 48; digit <= 57; digit++) units[digit] = Unit.namePart | Unit.digit
  for (const space of [9, 11, 12, 32]) units[space] = Unit.space
  const mark = (text: string, flags: number): void => {
    const unit = text.charCodeAt(0)
    if (unit < 128) units[unit]! |= flags
  }
  for (const extra of lexicon.nameExtras) mark(extra, extraFlags(extra))
  for (const quote of lexicon.quotes) mark(quote, Unit.quote)
  if (lexicon.chars) mark("'", Unit.quote)
  for (const quote of lexicon.longQuotes) mark(quote, Unit.longQuote)
  for (const open of lexicon.lineComments) mark(open, Unit.comment)
  for (const [open] of lexicon.blockComments) mark(open, Unit.comment)
  return units
}

/** `#` and `@` only begin names; a lone `$` is one. */
function extraFlags(extra: string): number {
  if (extra === "$") return Unit.nameStart | Unit.namePart
  return extra === "#" || extra === "@" ? Unit.extra : Unit.extra | Unit.namePart
}

/** Whether a unit is an ASCII letter, digit or `_`. */
export function isWordUnit(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95
  )
}

/** Whether a unit from 128 on is white space. */
export function isWideSpace(unit: number): boolean {
  return unit === 0xa0 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029 || unit === 0x3000
}

/** Operators of two units or more that are one token, by first unit, longest first. */
const OPERATORS: readonly (readonly string[])[] = operatorTable([
  ["=>", "===", "==", "!==", "!=", "<=", ">=", "&&=", "&&", "||=", "||", "??=", "??", "?.", "..."],
  ["++", "--", "+=", "-=", "**=", "**", "*=", "/=", "%=", "&=", "|=", "^=", "::", "->", ":="],
])

function operatorTable(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const table: string[][] = Array.from({ length: 128 }, () => [])
  for (const operator of groups.flat()) table[operator.charCodeAt(0)]!.push(operator)
  for (const list of table) list.sort((a, b) => b.length - a.length)
  return table
}

/** Length in units of the operator or other mark that begins at `at`. */
export function operatorLength(text: string, at: number, unit: number): number {
  if (unit > 127) return 1
  const list = OPERATORS[unit]!
  for (const operator of list) {
    if (!text.startsWith(operator, at)) continue
    const after = text.charCodeAt(at + 2)
    return operator === "?." && after >= 48 && after <= 57 ? 1 : operator.length
  }
  return 1
}
