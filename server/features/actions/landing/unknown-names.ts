import { lex } from "../../../syntax/lexer.ts"
import type { Lexicon } from "../../../syntax/tokens.ts"
import { TokenKind } from "../../../syntax/tokens.ts"

/**
 * Names that `after` calls (`name(`, not `.name(`), that nothing in `before` mentions and `exists` does not know. A name that
 * `after` mentions elsewhere than in calls is declared there, as far as anybody can say.
 */
export function unknownNames(
  before: string,
  after: string,
  lexicon: Lexicon,
  exists: (name: string) => boolean,
): readonly string[] {
  const known = new Set(mentions(before, lexicon).map(mention => mention.name))
  const found = mentions(after, lexicon).filter(({ name }) => !known.has(name))
  const declared = new Set(found.flatMap(({ name, isCall }) => (isCall ? [] : [name])))
  const called = new Set(found.flatMap(({ name, isCall }) => (isCall ? [name] : [])))
  return [...called].filter(name => !declared.has(name) && !exists(name))
}

interface Mention {
  readonly name: string
  readonly isCall: boolean
}

/** Every name of a text. A call is a name before a parenthesis; after `func` or another keyword it is being declared. */
function mentions(text: string, lexicon: Lexicon): readonly Mention[] {
  const { count, kinds, starts, ends } = lex(text, lexicon)
  const tokenAt = (index: number): string => text.slice(starts[index] ?? 0, ends[index] ?? 0)
  const found: Mention[] = []
  for (let index = 0; index < count; index++) {
    if (kinds[index] !== TokenKind.identifier) continue
    const isDeclared = kinds[index - 1] === TokenKind.keyword && DECLARING.has(tokenAt(index - 1))
    const isMember = /^(?:\?)?\.$|^->$|^::$/.test(tokenAt(index - 1))
    const isCall = tokenAt(index + 1).startsWith("(") && !isDeclared
    if (!isMember || !isCall) found.push({ name: tokenAt(index), isCall })
  }
  return found
}

const DECLARING: ReadonlySet<string> = new Set(["function", "func", "fn", "def", "class", "get", "set"])
