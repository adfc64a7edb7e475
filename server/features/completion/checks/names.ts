import { Scanner } from "../../../syntax/lexer.ts"
import { type Lexicon, TokenKind } from "../../../syntax/tokens.ts"
import { lexiconAt, type Place } from "../asking/place.ts"
import { surroundingsOf } from "../asking/surroundings.ts"

interface Token {
  readonly kind: number
  readonly text: string
  /** Offset in the code. */
  readonly start: number
}

/** Languages whose words are not names that must be declared somewhere. */
const WITHOUT_NAMES: ReadonlySet<string> = new Set(
  "bash css dockerfile html json make markdown scss sql toml vue yaml".split(" "),
)
/** What leads to a member or a part, which only types could tell. */
const MEMBER_MARKS: ReadonlySet<string> = new Set([".", "?.", "::", "->", "@", "#", "..", "'"])
/** Keywords after which a name is used; after all others it is declared. */
const USES: ReadonlySet<string> = new Set(
  [
    "and assert await case defer del delete do elif else extends go if implements in instanceof is not",
    "match new of or override print raise return satisfies switch throw throws typeof unless until void while with yield",
    "extends keyof as_ null true false None True False this self super async pub export default public private static",
  ].flatMap(words => words.split(" ")),
)
const DECLARES: ReadonlySet<string> = new Set(["=", ":=", ":", "=>", "<-"])
const CLOSERS: ReadonlySet<string> = new Set([")", "]", "}", "|"])
const OPENERS: ReadonlySet<string> = new Set(["(", "[", "{"])
/** Shorter names are parameters of types, counters and the like. */
const LEAST_NAME = 3

/** The first name in a suggestion that exists nowhere: not in the document, not for `exists`, not given by the language, not declared by itself; null if all do. */
export function unknownName(text: string, place: Place, exists: (name: string) => boolean): string | null {
  const { language, document, offset } = place
  if (language === null || WITHOUT_NAMES.has(language.name)) return null
  const { typed } = surroundingsOf(place)
  const isKnown = (name: string): boolean =>
    language.globals.has(name) || exists(name) || standsIn(document.text, name, offset)
  for (const { name, end } of usedNames(typed + text, lexiconAt(place))) {
    if (end > typed.length && !isKnown(name)) return name
  }
  return null
}

/** A name that code uses and does not declare. */
interface UsedName {
  readonly name: string
  /** Offset behind it in the code. */
  readonly end: number
  /** Whether a call follows it. */
  readonly isCalled: boolean
}

/** Every use in code, which begins outside of texts and comments, of a name that the code itself does not declare; members are left out. */
export function* usedNames(code: string, lexicon: Lexicon): Generator<UsedName> {
  const tokens = tokensOf(code, lexicon)
  const declared = declaredIn(tokens)
  for (const [at, { text: name, start }] of tokens.entries()) {
    if (!isUse(tokens, at) || declared.has(name)) continue
    yield { name, end: start + name.length, isCalled: tokens[at + 1]?.text.startsWith("(") === true }
  }
}

function tokensOf(code: string, lexicon: Lexicon): readonly Token[] {
  const scanner = new Scanner(code, lexicon, 0, code.length)
  const tokens: Token[] = []
  while (scanner.next()) {
    tokens.push({ kind: scanner.kind, text: code.slice(scanner.start, scanner.end), start: scanner.start })
  }
  return tokens
}

function isUse(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at]!
  if (kind !== TokenKind.identifier || text.length < LEAST_NAME) return false
  return !MEMBER_MARKS.has(tokens[at - 1]?.text ?? "")
}

/** The names that the tokens themselves declare; what merely looks so counts too: a false alarm is worse. */
function declaredIn(tokens: readonly Token[]): ReadonlySet<string> {
  const declared = new Set<string>()
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind === TokenKind.identifier && isDeclared(tokens, at)) declared.add(text)
    else if (CLOSERS.has(text) && declaresGroup(tokens, at)) addGroup(tokens, at, declared)
  }
  return declared
}

function isDeclared(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  const next = tokens[at + 1]?.text ?? ""
  if (DECLARES.has(next) || (next === "?" && tokens[at + 2]?.text === ":")) return true
  if (before === undefined) return false
  if (before.kind === TokenKind.keyword) return !USES.has(before.text)
  // A type and then a name, or a name and then a type.
  return before.kind === TokenKind.identifier || isAfterComma(tokens, at)
}

/** `let a, b` and `for a, b in`: what follows a declared name and a comma, outside brackets. */
function isAfterComma(tokens: readonly Token[], at: number): boolean {
  let back = at
  while (tokens[back - 1]?.text === "," && tokens[back - 2]?.kind === TokenKind.identifier) back -= 2
  const lead = tokens[back - 1]
  const next = tokens[at + 1]?.text ?? ""
  return back < at && lead?.kind === TokenKind.keyword && (!USES.has(lead.text) || next === "in")
}

/** Whether the closer at `at` ends parameters, or a pattern that is assigned or looped over. */
function declaresGroup(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text ?? ""
  if (["=>", "=", ":=", "in", "of", "->", "{", ":", "|"].includes(next)) return true
  return tokens[at]!.text === "|" || next === "throws"
}

/** Adds the names in the brackets that end at `at`: not those of calls within, and none where it is a condition. */
function addGroup(tokens: readonly Token[], at: number, declared: Set<string>): void {
  const { names, start } = groupEndingAt(tokens, at)
  const lead = tokens[start - 1]
  const next = tokens[at + 1]?.text
  // A method's own name stands before its parameters.
  if (lead?.kind === TokenKind.identifier && (next === "{" || next === ":")) declared.add(lead.text)
  const isCondition = lead?.kind === TokenKind.keyword && USES.has(lead.text)
  if (!isCondition || next === "=>") for (const name of names) declared.add(name)
}

/** Where the brackets begin that end at `at`, and the names in them but for those in round brackets further in. */
function groupEndingAt(
  tokens: readonly Token[],
  at: number,
): { readonly names: readonly string[]; readonly start: number } {
  const names: string[] = []
  const open: string[] = [tokens[at]!.text]
  let start = at
  while (open.length > 0 && start > 0) {
    const { kind, text } = tokens[--start]!
    const isOpener = text === "|" ? open[0] === "|" : OPENERS.has(text)
    if (isOpener) open.pop()
    else if (CLOSERS.has(text) && text !== "|") open.push(text)
    else if (kind === TokenKind.identifier && !open.includes(")", 1)) names.push(text)
  }
  return open.length > 0 ? { names: [], start: at } : { names, start }
}

const NAME_UNIT = /[\p{L}\p{N}_$]/u

/** Whether a word stands in a text anywhere but right before `offset`, where it may be half typed. */
export function standsIn(text: string, word: string, offset: number): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length
    if (end === offset || NAME_UNIT.test(text.charAt(at - 1)) || NAME_UNIT.test(text.charAt(end))) continue
    return true
  }
  return false
}
