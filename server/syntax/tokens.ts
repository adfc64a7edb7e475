/** Kinds of lexical tokens. Comments and white space are no tokens; a run of line breaks is one `lineBreak`. */
export const TokenKind = {
  identifier: 0,
  keyword: 1,
  number: 2,
  string: 3,
  punctuation: 4,
  lineBreak: 5,
} as const

/** The tokens of one text in order, as columns; offsets are UTF-16 code units, ends exclusive. */
export interface TokenStream {
  readonly count: number
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** What a lexer must know of a language; data of its manifest. */
export interface Lexicon {
  readonly keywords: readonly string[]
  /** Openers of comments that end with their line, e.g. `//` or `#`. */
  readonly lineComments: readonly string[]
  /** Line comments begin only after white space, or a line: Bash's `$#` begins none. */
  readonly spacedComments: boolean
  /** Opener and closer of comments that may span lines. */
  readonly blockComments: readonly (readonly [open: string, close: string])[]
  /** Quotes of strings that end with their line unless the break is escaped, e.g. `"` and `'`. */
  readonly quotes: readonly string[]
  /** Apostrophes hold one character, or stand for themselves: Rust's `'"'` and `'lifetime`. */
  readonly chars: boolean
  /** Openers, equal to their closers, of strings that may span lines, e.g. `"""`; raw if of one unit, as Go's backquote. */
  readonly longQuotes: readonly string[]
  /** Backquoted strings with `${}` holes (JavaScript). */
  readonly templates: boolean
  /** `/…/` literals (JavaScript, Ruby). */
  readonly regexLiterals: boolean
  /** Units besides letters, digits and `_` that may stand in a name, e.g. `$`, or `-` in CSS. */
  readonly nameExtras: string
}
