import type { LineIndex } from "../base/line-index.ts"
import { isPublic, MAX_SIGNATURE } from "./declaration.ts"
import type { DistinctIds } from "./distinct-ids.ts"
import { plainLexicon } from "./lexer.ts"
import { isWideSpace, isWordUnit, Unit, unitTable } from "./lexer-tables.ts"
import type { LanguageManifest } from "./manifest.ts"
import { SYMBOL_KINDS } from "./symbols.ts"
import type { Lexicon } from "./tokens.ts"
import { hashed, NO_HASH, type WordTable } from "./word-table.ts"

/** What is found in a text without parsing it. */
export interface RoughFacts {
  /** Distinct ids of the words in the text, in order of their first place. */
  readonly words: Int32Array
  /** Rows of `SYMBOL_STRIDE` integers in document order; the name column holds ids of the same table. */
  readonly symbols: Int32Array
  /** The signature of each symbol row, one line each, joined by "\n". */
  readonly signatures: string
}

/** What a word may be to the search for declarations, by its id; `declares` and above: a kind of symbol. */
const Role = { name: 0, keyword: 1, lead: 2, exporting: 3, declares: 4 } as const
/** Added to a role that declares only at the start of a line. */
const AT_TOP = 64

const NEW_LINE = 10
const RETURN = 13
const APOSTROPHE = 39
const PAREN_OPEN = 40
const PAREN_CLOSE = 41
const DOT = 46
const BACKSLASH = 92
const BRACE_OPEN = 123
/** Marks that may stand between a keyword and the name: `function*`, `macro_rules!`, `def self.`; and C's `#`. */
const PASSED: ReadonlySet<number> = new Set([..."*!.&#"].map(mark => mark.charCodeAt(0)))
/** Longest character in apostrophes, with them. */
const CHAR_REACH = 12

/**
 * Finds the names in a text and, by the keywords before them, what it declares: one pass, no tokens, no tree.
 * Names are those the lexer finds, save that what stands in templates and between the slashes of regular expressions is
 * read as code, and that a quote which opens there may hide the rest of its line. Linear in the length.
 */
export class RoughScanner {
  readonly #language: LanguageManifest | null
  readonly #lexicon: Lexicon
  readonly #table: Uint8Array
  readonly #words: WordTable
  readonly #ids: DistinctIds
  /** By word id. */
  readonly #roles: Uint8Array
  #text = ""
  /** By quote: one that was looked for in vain is not looked for again before this offset, which keeps time linear. */
  readonly #noPartnerBefore = new Int32Array(128)
  #units: Uint16Array = new Uint16Array()
  #to = 0
  #lines: LineIndex | null = null
  #rows: number[] = []
  #signatures: string[] = []
  /** Whether nothing stands before on the line but words that may lead a declaration. */
  #isClean = true
  #lineStart = 0
  /** Where the first such word begins, or -1. */
  #from = -1
  #exports = false
  /** Kind of what the next name declares, or -1. */
  #pending = -1
  /** Parentheses open between such words, e.g. in `pub(crate)` or round a receiver. */
  #held = 0

  /** Ids of words are of `words`, which also gets the language's keywords; null for a text in no known language. */
  constructor(language: LanguageManifest | null, words: WordTable, ids: DistinctIds) {
    this.#language = language
    this.#lexicon = language?.lexicon ?? plainLexicon
    this.#table = unitTable(this.#lexicon)
    this.#words = words
    this.#ids = ids
    this.#roles = rolesOf(this.#lexicon, language, words)
  }

  /** The facts of a text, whose UTF-16 code units `units` begins with and whose line index is `lines`. */
  scan(text: string, units: Uint16Array, lines: LineIndex): RoughFacts {
    this.#text = text
    this.#units = units
    this.#to = text.length
    this.#lines = lines
    this.#rows = []
    this.#signatures = []
    this.#noPartnerBefore.fill(0)
    this.#beginLine(0)
    this.#readAll()
    const symbols = Int32Array.from(this.#rows)
    return { words: this.#ids.take(), symbols, signatures: this.#signatures.join("\n") }
  }

  #readAll(): void {
    const units = this.#units
    const table = this.#table
    const to = this.#to
    let at = 0
    while (at < to) {
      const unit = units[at]!
      const flags = unit < 128 ? table[unit]! : isWideSpace(unit) ? Unit.space : Unit.nameStart
      if ((flags & Unit.nameStart) !== 0) at = this.#name(at)
      else if ((flags & Unit.space) !== 0) at++
      else if (unit === NEW_LINE || unit === RETURN) this.#beginLine(++at)
      else at = this.#other(at, unit, flags)
    }
  }

  #beginLine(start: number): void {
    this.#isClean = true
    this.#lineStart = start
    this.#from = -1
    this.#exports = false
    this.#pending = -1
    this.#held = 0
  }

  /** Reads the name at `start`; gives its end. */
  #name(start: number): number {
    const units = this.#units
    const table = this.#table
    const to = this.#to
    let hash = NO_HASH
    let at = start
    let unit = units[at]!
    do {
      hash = hashed(hash, unit)
      if (++at >= to) break
      unit = units[at]!
    } while (unit < 128 ? (table[unit]! & Unit.namePart) !== 0 : !isWideSpace(unit))
    const id = this.#words.internHashed(units, start, at, hash)
    const role = id < this.#roles.length ? this.#roles[id]! : Role.name
    if (role === Role.name) this.#ids.add(id)
    if (this.#isClean) this.#lead(id, role, start, at)
    return at
  }

  /** Takes a word that stands on a line where nothing speaks against a declaration yet. */
  #lead(id: number, role: number, start: number, end: number): void {
    if (this.#held > 0) return
    if (this.#pending !== -1 && (role === Role.name || !this.#nameFollows(end))) {
      this.#declare(id, start, end)
      this.#isClean = false
      return
    }
    if (this.#from === -1) this.#from = start
    if (role === Role.exporting) this.#exports = true
    else if (role >= Role.declares && !(role >= AT_TOP && this.#from !== this.#lineStart))
      this.#pending = (role & (AT_TOP - 1)) - Role.declares
    else if (role !== Role.lead && this.#pending === -1) this.#isClean = false
  }

  /** Whether a name follows `at` on the line: then the keyword before is none, as in `const enum X` or `def self.x`, unlike in `const of =`. */
  #nameFollows(at: number): boolean {
    if (this.#units[at] === DOT) return true
    let next = at
    while (next < this.#to && this.#units[next] === 32) next++
    const unit = this.#units[next]!
    return next < this.#to && next > at && (unit > 127 || (this.#table[unit]! & Unit.nameStart) !== 0)
  }

  #declare(id: number, start: number, end: number): void {
    const language = this.#language!
    const { exporting } = language.rough
    const lines = this.#lines!
    const line = lines.lineAt(start)
    const lineEnd = this.#lineEnd(end)
    const open = exporting.size === 0 ? language.exported.always : this.#exports
    const exported = open && isPublic(this.#text.slice(start, end), language) ? 1 : 0
    this.#rows.push(id, this.#pending, this.#from, lineEnd, start, -1, exported, line)
    this.#signatures.push(this.#signature(this.#from, lineEnd))
  }

  /** The line of a declaration without the brace that ends it, at most 160 units. */
  #signature(start: number, end: number): string {
    const isOpen = this.#units[end - 1] === BRACE_OPEN
    return this.#text.slice(start, Math.min(isOpen ? end - 1 : end, start + MAX_SIGNATURE)).trimEnd()
  }

  /** Passes over what is no name, space or line break; gives where it ends. */
  #other(at: number, unit: number, flags: number): number {
    if ((flags & Unit.comment) !== 0) {
      const end = this.#commentEnd(at)
      if (end > 0) return end
    }
    if ((flags & Unit.extra) !== 0 && this.#isNamePart(at + 1)) return this.#name(at)
    if (this.#isClean) this.#mark(at, unit)
    if ((flags & Unit.digit) !== 0) return this.#numberEnd(at)
    return (flags & (Unit.quote | Unit.longQuote)) === 0 ? at + 1 : this.#stringEnd(at, unit, flags)
  }

  /** Takes a mark that stands on a line where nothing speaks against a declaration yet. */
  #mark(at: number, unit: number): void {
    if (unit === PAREN_OPEN && (this.#pending !== -1 || this.#exports)) this.#held++
    else if (unit === PAREN_CLOSE && this.#held > 0) this.#held--
    else if (this.#held > 0) return
    else if (!PASSED.has(unit)) this.#isClean = false
    else if (this.#from === -1) this.#from = at
  }

  #isNamePart(at: number): boolean {
    if (at >= this.#to) return false
    const unit = this.#units[at]!
    return unit < 128 ? (this.#table[unit]! & Unit.namePart) !== 0 : !isWideSpace(unit)
  }

  #numberEnd(start: number): number {
    const units = this.#units
    let at = start + 1
    for (; at < this.#to; at++) {
      const unit = units[at]!
      if (unit === DOT ? units[at + 1] === DOT : unit > 127 || !isWordUnit(unit)) break
    }
    return at
  }

  /** End of the comment that begins here, or -1 if none does. */
  #commentEnd(at: number): number {
    const { blockComments, lineComments, spacedComments } = this.#lexicon
    for (const [open, close] of blockComments) {
      if (!this.#text.startsWith(open, at)) continue
      const end = this.#text.indexOf(close, at + open.length)
      return end < 0 ? this.#to : end + close.length
    }
    if (spacedComments && at > 0 && !this.#isBlank(at - 1)) return -1
    return lineComments.some(open => this.#text.startsWith(open, at)) ? this.#lineEnd(at) : -1
  }

  #isBlank(at: number): boolean {
    const unit = this.#units[at]!
    return unit === NEW_LINE || unit === RETURN || (unit < 128 && (this.#table[unit]! & Unit.space) !== 0)
  }

  #lineEnd(at: number): number {
    const units = this.#units
    let end = at
    while (end < this.#to && units[end] !== NEW_LINE && units[end] !== RETURN) end++
    return end
  }

  /** End of the string that begins here; of the quote itself if it has no partner on its line. */
  #stringEnd(start: number, quote: number, flags: number): number {
    const long = (flags & Unit.longQuote) !== 0 ? this.#longStringEnd(start) : -1
    if (long > 0) return long
    const isChar = quote === APOSTROPHE && this.#lexicon.chars
    const limit = isChar ? Math.min(this.#to, start + this.#charReach(start)) : this.#to
    if (start < this.#noPartnerBefore[quote]!) return start + 1
    let at = start + 1
    for (; at < limit; at++) {
      const unit = this.#units[at]!
      if (unit === quote) return at + 1
      if (unit === NEW_LINE || unit === RETURN) break
      if (unit === BACKSLASH) at++
    }
    if (!isChar) this.#noPartnerBefore[quote] = at
    return start + 1
  }

  /** End of the string over several lines that begins here, or -1 if none does. */
  #longStringEnd(start: number): number {
    const quote = this.#lexicon.longQuotes.find(open => this.#text.startsWith(open, start))
    if (quote === undefined) return -1
    const end = this.#text.indexOf(quote, start + quote.length)
    return end < 0 ? this.#to : end + quote.length
  }

  /** Units that the character which begins here may have, with its apostrophes. */
  #charReach(start: number): number {
    if (this.#units[start + 1] === BACKSLASH) return CHAR_REACH
    return (this.#units[start + 1]! & 0xfc00) === 0xd800 ? 4 : 3
  }
}

function rolesOf(lexicon: Lexicon, language: LanguageManifest | null, words: WordTable): Uint8Array {
  const roles: number[] = []
  const give = (word: string, role: number): void => {
    roles[words.internText(word)] = role
  }
  for (const word of lexicon.keywords) give(word, Role.keyword)
  if (language !== null) {
    const { kinds, top, lead, exporting } = language.rough
    for (const word of lead) give(word, exporting.has(word) ? Role.exporting : Role.lead)
    for (const [word, kind] of kinds)
      give(word, Role.declares + SYMBOL_KINDS.indexOf(kind) + (top.has(word) ? AT_TOP : 0))
  }
  return Uint8Array.from(roles, role => role ?? Role.name)
}
