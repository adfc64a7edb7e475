import { isWideSpace, isWordUnit, operatorLength, Unit, unitTable } from "./lexer-tables.ts"
import { TokenColumns } from "./token-columns.ts"
import { type Lexicon, TokenKind, type TokenStream } from "./tokens.ts"

/** The lexicon of files without a grammar: names, numbers and quoted strings, no keywords and no comments. */
export const plainLexicon: Lexicon = {
  keywords: [],
  lineComments: [],
  spacedComments: false,
  blockComments: [],
  quotes: ['"', "'"],
  chars: false,
  longQuotes: [],
  templates: false,
  regexLiterals: false,
  nameExtras: "$",
}

/**
 * The tokens of `text` from `from` (default 0) to `to` (default its end). Never throws; linear in the length.
 * `from` must not lie inside a token or a template's hole. Tokens are in order and do not overlap; what lies
 * between them is white space, comments and the later breaks of a run.
 */
export function lex(text: string, lexicon: Lexicon, from = 0, to: number = text.length): TokenStream {
  const scanner = new Scanner(text, lexicon, from, to)
  const columns = new TokenColumns(Math.max(64, (to - from) >> 2))
  while (scanner.next()) columns.push(scanner.kind, scanner.start, scanner.end)
  return columns.stream()
}

const NEW_LINE = 10
const RETURN = 13
const BACKSLASH = 92
const SLASH = 47
const DOT = 46
const BACKQUOTE = 96
const DOLLAR = 36
const BRACE_OPEN = 123
const BRACE_CLOSE = 125
const APOSTROPHE = 39
/** Longest `/…/` literal looked for, in UTF-16 code units. */
const REGEX_REACH = 400
/** Longest escape in a character's apostrophes, with them: `'\\u{10FFFF}'`. */
const CHAR_REACH = 12
/** Most escaped line breaks in one quoted string: what is looked for in vain must stay short. */
const MOST_CONTINUATIONS = 16

/**
 * Walks a text token by token. Invariant: at a line break outside templates its state is that of a fresh scanner,
 * so lexing may be taken up there.
 */
export class Scanner {
  kind: number = TokenKind.lineBreak
  start = 0
  end = 0
  readonly #text: string
  readonly #from: number
  readonly #to: number
  readonly #lexicon: Lexicon
  readonly #units: Uint8Array
  readonly #keywords: ReadonlySet<string>
  /** Per first unit, a bit for each length a keyword may have. */
  readonly #keywordLengths: Int32Array
  /** Brace depths of the templates whose holes are open. */
  readonly #holes: number[] = []
  #depth = 0
  #at: number
  #last = -1
  #lastUnit = 0
  /** A literal that was looked for in vain is not looked for again before this offset: keeps time linear. */
  #noRegexBefore = 0
  #noApostropheBefore = 0

  constructor(text: string, lexicon: Lexicon, from: number, to: number) {
    this.#text = text
    this.#at = from
    this.#from = from
    this.#to = to
    this.#lexicon = lexicon
    this.#units = unitTable(lexicon)
    this.#keywords = new Set(lexicon.keywords)
    this.#keywordLengths = new Int32Array(128)
    for (const word of lexicon.keywords) {
      this.#keywordLengths[word.charCodeAt(0) & 127]! |= 1 << (word.length & 31)
    }
  }

  /** Whether the token just read, or what follows it, lies in a template's hole. */
  get inTemplate(): boolean {
    return this.#holes.length > 0
  }

  /** Reads the next token into `kind`, `start`, `end`; false at the end of the text. */
  next(): boolean {
    while (this.#skipBlank()) {
      const at = this.#at
      if (!this.#isBreak(at)) return this.#token(at, this.#text.charCodeAt(at))
      const end = this.#breakEnd(at)
      if (this.#last !== TokenKind.lineBreak)
        return this.#emit(TokenKind.lineBreak, at, Math.min(end, this.#to))
      this.#at = end
    }
    return false
  }

  /** Moves over white space and comments; false at the end of the text. */
  #skipBlank(): boolean {
    const text = this.#text
    while (this.#at < this.#to) {
      const unit = text.charCodeAt(this.#at)
      const flags = unit < 128 ? this.#units[unit]! : isWideSpace(unit) ? Unit.space : 0
      if ((flags & Unit.space) !== 0) this.#at++
      else if ((flags & Unit.comment) === 0 || !this.#skipComment()) return true
    }
    return false
  }

  #skipComment(): boolean {
    const text = this.#text
    const at = this.#at
    for (const [open, close] of this.#lexicon.blockComments) {
      if (!text.startsWith(open, at)) continue
      const end = text.indexOf(close, at + open.length)
      this.#at = end < 0 ? this.#to : Math.min(this.#to, end + close.length)
      return true
    }
    if (this.#lexicon.spacedComments && at > this.#from && !this.#isBlank(at - 1)) return false
    for (const open of this.#lexicon.lineComments) {
      if (!text.startsWith(open, at)) continue
      this.#at = this.#lineEnd(at)
      return true
    }
    return false
  }

  #token(at: number, unit: number): boolean {
    const flags = unit < 128 ? this.#units[unit]! : Unit.nameStart
    if ((flags & Unit.nameStart) !== 0) return this.#name(at, unit)
    if ((flags & Unit.digit) !== 0) return this.#number(at)
    if ((flags & Unit.extra) !== 0 && this.#isNamePart(at + 1)) return this.#name(at, unit)
    if (unit === DOT && this.#isDigit(at + 1) && this.#text.charCodeAt(at - 1) !== DOT)
      return this.#number(at)
    return this.#literal(at, unit, flags) || this.#punctuation(at, unit)
  }

  /** A string, a piece of a template or a regular expression; false if none begins here. */
  #literal(at: number, unit: number, flags: number): boolean {
    if ((flags & (Unit.quote | Unit.longQuote)) !== 0) {
      const end = this.#stringEnd(at, unit, flags)
      if (end > 0) return this.#emit(TokenKind.string, at, end)
    }
    if (unit === BACKQUOTE && this.#lexicon.templates) return this.#template(at)
    if (unit === BRACE_CLOSE && this.#holes.length > 0 && this.#depth === 0) {
      this.#depth = this.#holes.pop()!
      return this.#template(at)
    }
    if (unit !== SLASH || !this.#lexicon.regexLiterals || !this.#mayBeRegex(at)) return false
    const end = this.#regexEnd(at)
    if (end > 0) return this.#emit(TokenKind.string, at, end)
    this.#noRegexBefore = this.#lineEnd(at)
    return false
  }

  #punctuation(at: number, unit: number): boolean {
    if (unit === BRACE_OPEN) this.#depth++
    else if (unit === BRACE_CLOSE) this.#depth--
    return this.#emit(
      TokenKind.punctuation,
      at,
      Math.min(this.#to, at + operatorLength(this.#text, at, unit)),
    )
  }

  #emit(kind: number, start: number, end: number): boolean {
    this.kind = kind
    this.start = start
    this.end = end
    this.#at = end
    this.#last = kind
    this.#lastUnit = kind === TokenKind.punctuation ? this.#text.charCodeAt(end - 1) : 0
    return true
  }

  #name(start: number, first: number): boolean {
    let end = start + 1
    while (this.#isNamePart(end)) end++
    const length = end - start
    const known = first < 128 && (this.#keywordLengths[first]! & (1 << (length & 31))) !== 0
    const keyword = known && this.#keywords.has(this.#text.slice(start, end))
    return this.#emit(keyword ? TokenKind.keyword : TokenKind.identifier, start, end)
  }

  #isNamePart(at: number): boolean {
    if (at >= this.#to) return false
    const unit = this.#text.charCodeAt(at)
    return unit < 128 ? (this.#units[unit]! & Unit.namePart) !== 0 : !isWideSpace(unit)
  }

  #isDigit(at: number): boolean {
    const unit = at < this.#to ? this.#text.charCodeAt(at) : 0
    return unit >= 48 && unit <= 57
  }

  #number(start: number): boolean {
    let end = start + 1
    while (end < this.#to) {
      const unit = this.#text.charCodeAt(end)
      if (unit === DOT && this.#text.charCodeAt(end + 1) === DOT) break
      if (unit !== DOT && (unit > 127 || !isWordUnit(unit))) break
      end++
    }
    return this.#emit(TokenKind.number, start, end)
  }

  /** End of the string that starts here, or -1 if the quote stands for itself. */
  #stringEnd(start: number, quote: number, flags: number): number {
    if ((flags & Unit.longQuote) !== 0) {
      for (const long of this.#lexicon.longQuotes) {
        if (this.#text.startsWith(long, start)) return this.#longStringEnd(start + long.length, long)
      }
      if ((flags & Unit.quote) === 0) return -1
    }
    if (quote === APOSTROPHE && this.#lexicon.chars) return this.#charEnd(start)
    if (quote === APOSTROPHE && start < this.#noApostropheBefore) return -1
    const end = this.#quotedEnd(start + 1, quote)
    const closed = end > start + 1 && this.#text.charCodeAt(end - 1) === quote
    if (quote !== APOSTROPHE || closed) return end
    // An apostrophe without a partner on its line: a lifetime, or prose.
    this.#noApostropheBefore = this.#lineEnd(start)
    return -1
  }

  /** End of the one character between apostrophes that starts here, or -1. */
  #charEnd(start: number): number {
    const text = this.#text
    const escaped = text.charCodeAt(start + 1) === BACKSLASH
    const width = escaped ? 2 : (text.codePointAt(start + 1) ?? 0) > 0xffff ? 2 : 1
    const first = start + 1 + width
    const limit = Math.min(this.#to, escaped ? start + CHAR_REACH : first + 1)
    for (let at = first; at < limit; at++) {
      if (this.#isBreak(at - 1)) return -1
      if (text.charCodeAt(at) === APOSTROPHE) return at + 1
    }
    return -1
  }

  #quotedEnd(from: number, quote: number): number {
    let at = from
    let continuations = 0
    while (at < this.#to) {
      const unit = this.#text.charCodeAt(at)
      if (unit === quote) return at + 1
      if (unit === NEW_LINE || unit === RETURN) return at
      if (unit !== BACKSLASH) at++
      else if (!this.#isBreak(at + 1)) at += 2
      else if (++continuations > MOST_CONTINUATIONS) return at
      else at = this.#breakEnd(at + 1)
    }
    return this.#to
  }

  /** Whether a break or white space of ASCII stands at `at`. */
  #isBlank(at: number): boolean {
    return this.#isBreak(at) || ((this.#units[this.#text.charCodeAt(at)] ?? 0) & Unit.space) !== 0
  }

  #isBreak(at: number): boolean {
    const unit = this.#text.charCodeAt(at)
    return unit === NEW_LINE || unit === RETURN
  }

  #breakEnd(at: number): number {
    return this.#text.charCodeAt(at) === RETURN && this.#text.charCodeAt(at + 1) === NEW_LINE
      ? at + 2
      : at + 1
  }

  #longStringEnd(from: number, closer: string): number {
    // A closer of one unit (Go) ends a raw string; in the others a backslash hides what follows it.
    const escapes = closer.length > 1
    let at = from
    while (at < this.#to) {
      const unit = this.#text.charCodeAt(at)
      if (escapes && unit === BACKSLASH) at++
      else if (unit === closer.charCodeAt(0) && this.#text.startsWith(closer, at)) {
        return Math.min(this.#to, at + closer.length)
      }
      at++
    }
    return this.#to
  }

  /** One piece of a template: up to the closing backquote, or up to and with `${`. */
  #template(start: number): boolean {
    let at = start + 1
    while (at < this.#to) {
      const unit = this.#text.charCodeAt(at)
      if (unit === BACKQUOTE) return this.#emit(TokenKind.string, start, at + 1)
      if (unit === DOLLAR && this.#text.charCodeAt(at + 1) === BRACE_OPEN && at + 1 < this.#to) {
        this.#holes.push(this.#depth)
        this.#depth = 0
        return this.#emit(TokenKind.string, start, at + 2)
      }
      at += unit === BACKSLASH ? 2 : 1
    }
    return this.#emit(TokenKind.string, start, this.#to)
  }

  #mayBeRegex(at: number): boolean {
    if (at < this.#noRegexBefore) return false
    if (this.#last === -1 || this.#last === TokenKind.lineBreak) return true
    if (this.#last === TokenKind.keyword) return this.#text.slice(this.start, this.end) === "return"
    if (this.#last !== TokenKind.punctuation) return false
    // After `)`, `]`, `}` it divides; after `<` it closes a tag.
    const unit = this.#lastUnit
    return unit !== 41 && unit !== 93 && unit !== BRACE_CLOSE && unit !== 60
  }

  #regexEnd(start: number): number {
    const limit = Math.min(this.#to, start + REGEX_REACH)
    let inClass = false
    for (let at = start + 1; at < limit; at++) {
      const unit = this.#text.charCodeAt(at)
      if (unit === NEW_LINE || unit === RETURN) return -1
      if (unit === BACKSLASH) at++
      else if (unit === 91) inClass = true
      else if (unit === 93) inClass = false
      else if (unit === SLASH && !inClass) return this.#flagsEnd(at + 1)
    }
    return -1
  }

  #flagsEnd(from: number): number {
    let at = from
    while (at < this.#to && this.#text.charCodeAt(at) >= 97 && this.#text.charCodeAt(at) <= 122) at++
    return at
  }

  #lineEnd(from: number): number {
    let at = from
    while (at < this.#to && !this.#isBreak(at)) at++
    return at
  }
}
