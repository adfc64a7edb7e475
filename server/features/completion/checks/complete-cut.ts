import { Scanner } from "../../../syntax/lexer.ts"
import { type Lexicon, TokenKind } from "../../../syntax/tokens.ts"
import { lexiconAt, type Place } from "../asking/place.ts"
import { loneBrackets } from "./brackets.ts"
import { tries } from "./syntax.ts"

/** Marks after which a line goes on. */
const OPEN_ENDS: ReadonlySet<string> = new Set([
  ...[
    "=",
    "==",
    "===",
    "!=",
    "!==",
    "+",
    "-",
    "/",
    "%",
    "&&",
    "||",
    "??",
    "|",
    "&",
    "^",
    "=>",
    "->",
    ".",
    "?.",
  ],
  ...[":", ":=", "+=", "-=", "*=", "/=", "::", "\\", "<=", ">="],
])

/** Whether a suggestion of whole lines can stand at a place as it is: nothing it begins is left open. */
export function isComplete(text: string, place: Place, typed: string): boolean {
  const lexicon = lexiconAt(place)
  if (text.trim() === "") return false
  const { openers } = loneBrackets(text, lexicon)
  if (openers.length > 0 || endsOpen(text, lexicon)) return false
  const after = tries(place, text, 0)
  if (after !== null) {
    if (after.count > place.trial!.breakage.count) return false
    if (after.count === 0) return true
  }
  // What is broken may be what the line before the cursor opens.
  return loneBrackets(typed + text, lexicon).openers.length === 0
}

/** Whether the last token asks for more. */
function endsOpen(text: string, lexicon: Lexicon): boolean {
  const lastLine = text.slice(text.lastIndexOf("\n") + 1)
  const scanner = new Scanner(lastLine, lexicon, 0, lastLine.length)
  let kind: number = TokenKind.lineBreak
  let last = ""
  while (scanner.next()) {
    kind = scanner.kind
    last = lastLine.slice(scanner.start, scanner.end)
  }
  return kind === TokenKind.punctuation && OPEN_ENDS.has(last)
}
