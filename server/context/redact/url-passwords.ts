import { isFillIn } from "./randomness.ts"
import type { SecretVisitor } from "./secret-span.ts"

/** The longest part of an address in which a password is looked for, UTF-16 code units. */
const LONGEST = 400
/** What an address ends before; a password may hold anything else. */
const STOP = /[\s"'`<>\\]/
/** Words that stand for a password in documentation. */
const SAMPLE = /^(?:pass(?:word|wd)?|pwd|pw|secret|user(?:name)?|token|key|x+|\*+|\.+|abc|foo|bar)$/i

/**
 * Tells of passwords in addresses, `scheme://user:password@host`, and of lone tokens before the host of a web address.
 * In addresses of the web a password ends at the first `/`; in those of databases, often written by hand, it may hold one.
 */
export function findUrlPasswords(text: string, edges: readonly number[], visit: SecretVisitor): void {
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3))
    visitAuthority(text, at, visit)
  for (const edge of edges) visitCut(text, edge, visit)
}

function visitAuthority(text: string, slashes: number, visit: SecretVisitor): void {
  const start = slashes + 3
  const isWeb = /(?:https?|wss?|ftp|git|ssh)$/i.test(text.slice(Math.max(0, slashes - 8), slashes))
  const rest = text.slice(start, start + LONGEST)
  const end = rest.search(isWeb ? /[\s"'`<>\\/?#]/ : STOP)
  const part = end === -1 ? rest : rest.slice(0, end)
  const at = hostAt(part)
  if (at === -1) {
    visitWithoutHost(part, start, visit)
    return
  }
  const colon = part.indexOf(":")
  if (colon !== -1 && colon < at) {
    const password = part.slice(colon + 1, at)
    // `host:8080/a@b` has a port.
    if (!/^\d{1,5}\//.test(password) && isPassword(password))
      visit("url-password", start + colon + 1, start + at)
  } else if (isWeb && at >= 16 && /\d/.test(part.slice(0, at)) && isPassword(part.slice(0, at))) {
    visit("url-token", start, start + at)
  }
}

/** A password whose address is broken off before its host. */
function visitWithoutHost(part: string, start: number, visit: SecretVisitor): void {
  const password = /^[\w.+-]*:([^:/@?#[\]{}()]{6,})$/.exec(part)?.[1]
  if (password === undefined || !/\d/.test(password) || !/[A-Za-z]/.test(password)) return
  if (isPassword(password)) visit("url-password", start + part.length - password.length, start + part.length)
}

/** The last `@` that a host can follow, or -1. */
function hostAt(part: string): number {
  let found = -1
  for (let at = part.indexOf("@"); at !== -1; at = part.indexOf("@", at + 1)) {
    if (/[\w[$%{]/.test(part[at + 1] ?? "") && !/\?/.test(part.slice(0, at))) found = at
  }
  return found
}

function isPassword(value: string): boolean {
  return value.length > 1 && !SAMPLE.test(value) && !isFillIn(value) && !/[{}()]|\$\w/.test(value)
}

/** The end of an address whose beginning is cut off: what stands before `@host:port` or `@host/`. */
function visitCut(text: string, edge: number, visit: SecretVisitor): void {
  const rest = text.slice(edge, edge + LONGEST)
  const end = rest.search(STOP)
  const cut = /^(.+)@[\w.-]+(?::\d{2,5}|\/)/.exec(end === -1 ? rest : rest.slice(0, end))
  if (cut !== null) visit("url-password", edge, edge + cut[1]!.length)
}
