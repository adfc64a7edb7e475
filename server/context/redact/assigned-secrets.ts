import { givenLiteral } from "./given-literal.ts"
import { isFillIn, isRandomFragment, isRandomName, looksRandom, nameShare, wordShare } from "./randomness.ts"
import { SECRET_NAME } from "./secret-names.ts"
import type { SecretVisitor } from "./secret-span.ts"

/** How much of a line is looked at after a name, UTF-16 code units. */
const REACH = 480
/** Shortest runs that are hidden: in the line of a secret's name, where a text is cut, and as a literal given to a name. */
const LONG_RUN = 16
const SHORT_RUN = 12
const SHORT_LITERAL = 8
const SHORT_PASSWORD = 6
/** The longest rest of a line after which a value may stand in the next. */
const MOST_OPENING = 80

/** A run that no literal, call, list or query of an address breaks. */
const RUN = /[^\s"'`<>()[\]{},;\\?&]{16,}/g
const BREAK = /[\s"'`<>()[\]{},;\\]/
/** A value without quotes up to the end of its line, of its shell word or of a connection string's field. */
const BARE =
  /[\w$.-]{0,40}["']?\s{0,4}(?:=>|[:?]?=|:(?!:)|>|\s)\s{0,4}(?:[|>][-+]?\s{1,16})?([^\s"'`<>()[\]{},;]{6,200})(?=["';,&<\s]|$)/y

/**
 * Tells of the values that names such as `password`, `apiKey` or `Authorization` get, in source code of any language, in
 * configuration, in shell commands and in SQL: everything that looks drawn by lot, and what is given to a password and is
 * no word. Next to one of `edges`, where the name may be cut off, the line counts as having one.
 */
export function findAssignedSecrets(text: string, edges: readonly number[], visit: SecretVisitor): void {
  const names = new RegExp(SECRET_NAME)
  let scanned = 0
  for (let name = names.exec(text); name !== null; name = names.exec(text)) {
    const end = name.index + name[0].length
    const isPassword = name[1] !== undefined
    visitNext(text, nameEnd(text, end), visit)
    const reach = reachEnd(text, nameEnd(text, end), end + REACH)
    visitRuns(text, Math.max(scanned, nameEnd(text, end)), reach, visit)
    scanned = Math.max(scanned, reach)
    visitGiven(text, end, isPassword, visit)
    if (isPassword) visitBare(text, end, visit)
  }
  for (const edge of edges) {
    const start = lineStartNear(text, edge)
    visitRuns(text, start, reachEnd(text, start, edge + REACH), visit)
    visitTouching(text, edge, visit)
  }
}

/** Hides a run that an edge cuts, or that begins or ends there, if it looks random and not like a name cut short. */
function visitTouching(text: string, edge: number, visit: SecretVisitor): void {
  const [most, least] = [Math.min(text.length, edge + REACH), Math.max(0, edge - REACH)]
  let [first, end] = [edge, edge]
  while (first > least && !BREAK.test(text[first - 1]!)) first--
  while (end < most && !BREAK.test(text[end]!)) end++
  if (end - first < SHORT_RUN) return
  const [value, offset] = trimmed(text.slice(first, end))
  const start = first + offset
  const isRandom = value.length >= SHORT_RUN && isSecretRun(value) && isRandomFragment(value)
  if (isRandom) visit("secret", start, start + value.length)
}

/** Where the identifier ends that a name's core stands in. */
function nameEnd(text: string, coreEnd: number): number {
  const rest = /[\w$]{0,60}/y
  rest.lastIndex = coreEnd
  return rest.test(text) ? rest.lastIndex : coreEnd
}

/** Hides what looks random from `start` to `end`, of which that may be behind. */
function visitRuns(text: string, start: number, end: number, visit: SecretVisitor): void {
  for (const run of text.slice(start, end).matchAll(RUN)) {
    // An address; what its query or its user hides is told by names of its own.
    if (run[0].includes("://")) continue
    const escaped = /^[nrt]/.test(run[0]) && text[start + run.index - 1] === "\\" ? 1 : 0
    const [value, offset] = trimmed(run[0].slice(escaped))
    const at = start + run.index + escaped + offset
    if (value.length < LONG_RUN || !isSecretRun(value)) continue
    if (!isName(value) || isRandomName(value) || isLiteral(text, at, at + value.length)) {
      visit("secret", at, at + value.length)
    }
  }
}

/** Hides the word after a name and a space, as in `--token abc` or `ENV TOKEN abc`. */
function visitNext(text: string, start: number, visit: SecretVisitor): void {
  const next = / ([^\s"'`<>()[\]{},;\\]{16,200})(?=\s|$)/y
  next.lastIndex = start
  const value = next.exec(text)?.[1]
  if (value !== undefined && /\d/.test(value) && isSecretRun(value))
    visit("secret", start + 1, next.lastIndex)
}

/** The end of the line, or of the one below if nothing but an opening stands between, or a literal goes on there. */
function reachEnd(text: string, start: number, most: number): number {
  const reach = text.slice(start, Math.min(most, text.length))
  const lineEnd = reach.indexOf("\n")
  if (lineEnd === -1) return start + reach.length
  const line = reach.slice(0, lineEnd).trimEnd()
  const opens = line.length <= MOST_OPENING && /(?:^|[:=(,|>+\\-])$/.test(line)
  if (!opens && !isInLiteral(line)) return start + lineEnd
  const below = reach.indexOf("\n", lineEnd + 1)
  return start + (below === -1 ? reach.length : below)
}

/** Whether a line ends in a word of a literal that it begins: someone may have broken the line there. */
function isInLiteral(line: string): boolean {
  const quote = /(["'`])[^\s"'`]*$/.exec(line)?.[1]
  return quote !== undefined && line.split(quote).length % 2 === 0
}

/** Without what belongs to the text around it: `name=`, marks before and after. */
function trimmed(run: string): [value: string, offset: number] {
  const name = /^(?:[\w.-]*[:=](?=[^=])|[-.:=&?+*|~!])+/.exec(run)
  const offset = name === null ? 0 : name[0].length
  return [run.slice(offset).replace(/[.:&?!*|~]+$/, ""), offset]
}

/**
 * Addresses on a chain, hardware addresses and checksums are public; what has a scheme or reads as a path, an operator or
 * the name of a file is none either.
 */
function isSecretRun(value: string): boolean {
  if (/^0x[0-9a-fA-F]{1,40}$|^sha(?:256|384|512)[-:]|^(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$/.test(value))
    return false
  if (/:\/\/|^\.{1,2}\/|::|->|&&|\|\||[=!<>]=.|^@/.test(value.replace(/=+$/, ""))) return false
  if (/^[\w@.-]*(?:\/[\w@.-]+)+$/.test(value) && wordShare(value) > 0.5) return false
  return !/\.(?:[cm]?[jt]sx?|json|css|html|md|py|go|rs|svg|png|map)$/.test(value) && looksRandom(value)
}

/** Whether a value could be a variable, or a path of them. */
function isName(value: string): boolean {
  return /^[A-Za-z_$][\w$]*(?:\.[\w$]+)*$/.test(value)
}

/** Whether a run touches a quote or tag, stands alone after `=` or `:` as in configuration, or alone in its line. */
function isLiteral(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 40), start), text.charAt(end)]
  if (/["'`]$/.test(before) || /["'`]/.test(after) || (before.endsWith(">") && after === "<")) return true
  return /(?:[=:] ?|\n\s*)$/.test(before) && /^\s?$/.test(after) && !text.slice(start, end).includes(".")
}

function visitGiven(text: string, coreEnd: number, isPassword: boolean, visit: SecretVisitor): void {
  const literal = givenLiteral(text, nameEnd(text, coreEnd))
  if (literal === null) return
  const value = text.slice(literal.start, literal.end)
  const isSecret = isPassword ? isPasswordLike(value) : isShortSecret(value)
  if (isSecret) visit(isPassword ? "password" : "secret", literal.start, literal.end)
}

function isShortSecret(value: string): boolean {
  if (value.length < SHORT_LITERAL || /\s/.test(value)) return false
  return isSecretRun(value) && /\d.*\d/.test(value) && wordShare(value) < 0.3
}

/** Has digits or signs among its letters, and is neither a sample, nor words put together, nor code. */
function isPasswordLike(value: string): boolean {
  if (value.length < SHORT_PASSWORD || /\s/.test(value) || isFillIn(value)) return false
  if (/^[\w.]+\(|[{}]|^0x|\w\[\w|^\/|:\/\//.test(value)) return false
  const signs = /[!@#$%^&*?+=~|]/.test(value)
  return /[A-Za-z]/.test(value) && (signs || (/\d/.test(value) && wordShare(value) < 0.9))
}

function visitBare(text: string, coreEnd: number, visit: SecretVisitor): void {
  const bare = new RegExp(BARE)
  bare.lastIndex = coreEnd
  const value = bare.exec(text)?.[1]
  if (value === undefined || !isPasswordLike(value) || (isName(value) && wordShare(value) > 0.6)) return
  // In code, names and calls stand there without quotes, and no sign.
  if (isName(value) && value.includes(".") && nameShare(value) > 0.5) return
  if (!/^[=!&|]/.test(value) && /\d/.test(value))
    visit("password", bare.lastIndex - value.length, bare.lastIndex)
}

function lineStartNear(text: string, edge: number): number {
  const least = Math.max(0, edge - REACH)
  return least + text.slice(least, edge).lastIndexOf("\n") + 1
}
