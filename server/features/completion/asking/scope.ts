import { Scanner } from "../../../syntax/lexer.ts"
import { TokenKind } from "../../../syntax/tokens.ts"
import { lexiconAt, type Place } from "./place.ts"
import { surroundingsOf } from "./surroundings.ts"

/** What a cursor stands in. */
export type Scope = "code" | "comment" | "string"

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
  while (scanner.next()) {
    end = scanner.end
    const isQuote = scanner.kind === TokenKind.punctuation && QUOTES.has(typed.charAt(scanner.start))
    if (isQuote && !lexicon.chars && lexicon.quotes.includes(typed.charAt(scanner.start))) return "string"
  }
  // What is no token at the end of a line is a comment.
  return typed.slice(end).trim() === "" ? "code" : "comment"
}
