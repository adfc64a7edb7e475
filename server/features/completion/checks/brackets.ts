import { Scanner } from "../../../syntax/lexer.ts"
import { type Lexicon, TokenKind } from "../../../syntax/tokens.ts"

/** One bracket of a text that has no partner in it. */
export interface LoneBracket {
  readonly unit: string
  /** UTF-16 offset in the text. */
  readonly at: number
}

/** The brackets of a text without a partner in it; those in strings and comments don't count. */
interface LoneBrackets {
  readonly openers: readonly LoneBracket[]
  readonly closers: readonly LoneBracket[]
}

const OPENER_OF: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
])
const OPENERS: ReadonlySet<string> = new Set(OPENER_OF.values())

/** Whether one unit is an opening bracket. */
export function isOpener(unit: string): boolean {
  return OPENERS.has(unit)
}

/** Whether one unit is a closing bracket. */
export function isCloser(unit: string): boolean {
  return OPENER_OF.has(unit)
}

/** Whether a closing bracket closes an opening one. */
export function closes(closer: string, opener: string): boolean {
  return OPENER_OF.get(closer) === opener
}

/** The bracket that closes `opener`. */
export function closerOf(opener: string): string {
  return opener === "(" ? ")" : opener === "[" ? "]" : "}"
}

/**
 * The lone brackets of `text` between two offsets. A closer that does not fit the last opener is lone; so are all openers
 * behind one that it does fit. Linear in the length.
 */
export function loneBrackets(
  text: string,
  lexicon: Lexicon,
  from = 0,
  to: number = text.length,
): LoneBrackets {
  const openers: LoneBracket[] = []
  const closers: LoneBracket[] = []
  const scanner = new Scanner(text, lexicon, from, to)
  while (scanner.next()) {
    if (scanner.kind !== TokenKind.punctuation) continue
    const unit = text.charAt(scanner.start)
    const bracket = { unit, at: scanner.start }
    if (OPENERS.has(unit)) openers.push(bracket)
    else if (!OPENER_OF.has(unit)) continue
    else if (openers.length > 0 && closes(unit, openers.at(-1)!.unit)) openers.pop()
    else closers.push(bracket)
  }
  return { openers, closers }
}
