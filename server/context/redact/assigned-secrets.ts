import { isFillIn, looksRandom, wordShare } from "./randomness.ts"
import { SECRET_NAME } from "./secret-names.ts"
import type { SecretVisitor } from "./secret-span.ts"

/** How much of a line is looked at after a name, UTF-16 code units. */
const REACH = 480
/** Shortest runs that are hidden anywhere in the line of a secret's name, and as a literal given to it. */
const LONG_RUN = 16
const SHORT_LITERAL = 8
const SHORT_PASSWORD = 6

/** A run that no literal, call or list breaks. */
const RUN = /[^\s"'`<>()[\]{},;\\]{16,}/g
/** The rest of a name, how a value is given to it in any language, and the quote before the value. */
const GIVEN =
  /[\w$.-]{0,40}["'`\])}]{0,3}(?:[\s:=,(>|?!+&*[\]~]|=>|\b(?:new|value|is|as|const|char|str|string|String|Some|from|default|sha256|to|with|by)\b|[\w.:$@]{1,40}(?=\s?[=(]|\s=)|\b(?:r#{0,3}|[bfuLRN]|u8|@|\$)(?=["'`])){0,24}(?:r#{0,3}|[bfuLR@$])?(["'`])\1{0,2}/y
/** A value without quotes up to the end of its line, of its shell word or of a connection string's field. */
const BARE =
  /[\w$.-]{0,40}["']?\s{0,4}(?:=>|[:?]?=|:(?!:)|\s)\s{0,4}([^\s"'`<>()[\]{},;]{6,200})(?=["';,&\s]|$)/y

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
    scanned = visitRuns(text, Math.max(scanned, end), end + REACH, visit)
    visitGiven(text, end, isPassword, visit)
    if (isPassword) visitBare(text, end, visit)
  }
  for (const edge of edges) visitRuns(text, lineStartNear(text, edge), edge + REACH, visit)
}

/** Hides what looks random from `start` to the end of its line or of the next where it begins there; gives where it stopped. */
function visitRuns(text: string, start: number, most: number, visit: SecretVisitor): number {
  const end = reachEnd(text, start, most)
  const part = text.slice(start, end)
  for (const run of part.matchAll(RUN)) {
    const [value, offset] = trimmed(run[0])
    if (value.length >= LONG_RUN && isSecretRun(value)) {
      visit("secret", start + run.index + offset, start + run.index + offset + value.length)
    }
  }
  return end
}

/** The end of the line, or of the one below if nothing but an opening stands between. */
function reachEnd(text: string, start: number, most: number): number {
  const lineEnd = text.indexOf("\n", start)
  if (lineEnd === -1 || lineEnd > most) return Math.min(most, text.length)
  if (!/^[\w"'\s]*[:=(,|>+\\]*[-+\s]*$/.test(text.slice(start, lineEnd))) return lineEnd
  const below = text.indexOf("\n", lineEnd + 1)
  return Math.min(most, below === -1 ? text.length : below)
}

/** Without what belongs to the text around it: `name=`, marks before and after. */
function trimmed(run: string): [value: string, offset: number] {
  const name = /^(?:[\w.-]*[:=](?=[^=])|[-.:=&?/+*|~!]+)+/.exec(run)
  const offset = name === null ? 0 : name[0].length
  return [run.slice(offset).replace(/[.:&?!*|~]+$/, ""), offset]
}

/** Addresses on a chain and checksums are public; what has a scheme or reads as a path or call is none either. */
function isSecretRun(value: string): boolean {
  if (
    /^0x[0-9a-fA-F]{40}$|^sha(?:256|384|512)[-:]|:\/\/|^(?:\.{0,2}|[\w@.-]+)\/[\w@.-]+\/|::|->|&&|\|\||[=!<>]=|^@/.test(
      value,
    )
  )
    return false
  return looksRandom(value)
}

function visitGiven(text: string, nameEnd: number, isPassword: boolean, visit: SecretVisitor): void {
  const given = new RegExp(GIVEN)
  given.lastIndex = nameEnd
  const match = given.exec(text.slice(0, nameEnd + REACH))
  if (match === null) return
  const start = given.lastIndex
  const quote = match[1]!
  let end = start
  while (end < start + 256 && end < text.length && text[end] !== quote && text[end] !== "\n")
    end += text[end] === "\\" ? 2 : 1
  const value = text.slice(start, Math.min(end, text.length))
  if (isSecretLiteral(value, isPassword))
    visit(isPassword ? "password" : "secret", start, start + value.length)
}

function isSecretLiteral(value: string, isPassword: boolean): boolean {
  if (/\s/.test(value)) return false
  if (isPassword) return value.length >= SHORT_PASSWORD && isPasswordLike(value)
  return value.length >= SHORT_LITERAL && isSecretRun(value) && /\d.*\d/.test(value) && wordShare(value) < 0.3
}

/** Has digits or signs among its letters, and is neither a sample, nor words put together, nor code. */
function isPasswordLike(value: string): boolean {
  if (isFillIn(value) || /^[\w.]+\(|[{}]|^0x|\w\[\w|^\/|:\/\//.test(value)) return false
  const signs = /[!@#$%^&*?+=~|]/.test(value)
  return /[A-Za-z]/.test(value) && (signs || /\d/.test(value)) && (signs || wordShare(value) < 0.9)
}

function visitBare(text: string, nameEnd: number, visit: SecretVisitor): void {
  const bare = new RegExp(BARE)
  bare.lastIndex = nameEnd
  const match = bare.exec(text.slice(0, nameEnd + REACH))
  const value = match?.[1]
  if (value === undefined || !isPasswordLike(value) || wordShare(value) > 0.6) return
  // In code, names and calls stand there without quotes, and no sign.
  if (/^[\w$]+(?:\.[\w$]+)+$|^[=!&|]/.test(value) || !/\d/.test(value)) return
  visit("password", bare.lastIndex - value.length, bare.lastIndex)
}

function lineStartNear(text: string, edge: number): number {
  return Math.max(text.lastIndexOf("\n", edge - 1) + 1, edge - REACH)
}
