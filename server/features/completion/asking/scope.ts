import { Scanner } from "../../../syntax/lexer.ts"
import { TokenKind } from "../../../syntax/tokens.ts"
import { lexiconAt, type Place } from "./place.ts"
import { surroundingsOf } from "./surroundings.ts"

/** What a cursor stands in. */
type Scope = "code" | "comment" | "string"

/** Types of nodes that hold code again within a string. */
const HOLE = /substitution|interpolation/
const COMMENT = /comment/
const STRING = /string|char_literal|character|regex|template|heredoc/
const QUOTES: ReadonlySet<string> = new Set(['"', "'", "`"])

/** Whether a place is code, by the syntax tree and by what its line says: an unfinished string or comment may be in no tree. */
export function scopeOf(place: Place): Scope {
  for (const { type } of place.trial?.around(place.offset) ?? []) {
    if (HOLE.test(type)) return "code"
    if (COMMENT.test(type)) return "comment"
    if (STRING.test(type)) return "string"
  }
  return scopeInLine(place)
}

function scopeInLine(place: Place): Scope {
  const { typed } = surroundingsOf(place)
  const lexicon = lexiconAt(place)
  const scanner = new Scanner(typed, lexicon, 0, typed.length)
  let end = 0
  let string = ""
  while (scanner.next()) {
    end = scanner.end
    string = scanner.kind === TokenKind.string ? typed.slice(scanner.start, end) : ""
  }
  if (end === typed.length && isUnclosed(string, lexicon.longQuotes)) return "string"
  // What is no token at the end of a line is a comment.
  return typed.slice(end).trim() === "" ? "code" : "comment"
}

/** Whether a string at the end of a line goes on behind the cursor. */
function isUnclosed(string: string, longQuotes: readonly string[]): boolean {
  const quote = longQuotes.find(long => string.startsWith(long)) ?? string.charAt(0)
  if (!QUOTES.has(quote.charAt(0))) return false
  const isEscaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(string.slice(0, -1))
  return string.length < 2 * quote.length || !string.endsWith(quote) || isEscaped
}
