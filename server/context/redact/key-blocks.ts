import { type KeyLine, keyLineAt, lineStart } from "./key-lines.ts"
import type { SecretVisitor } from "./secret-span.ts"

/** The longest key that is looked for, UTF-16 code units: RSA of 16,384 bits has 13,000. */
const LONGEST_KEY = 20_000
/** Shortest run of base64 that is a line of a key where nothing else says so; PEM has 64, OpenSSH 70. */
const FULL_LINE = 40

const MARK =
  /-----(BEGIN|END)[ A-Z0-9]{0,24}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d|Private-Lines: *\d+/g
const HEADER =
  /[\s"'`#*|>/]{0,40}(?:Proc-Type|DEK-Info|Version|Comment|Hash|Encryption|Public-Lines|Private-Lines|Private-MAC|PuTTY-User-Key-File-\d)\b[^\n\\"'`]{0,120}(?:\\n|["'`]|\s)*/y

/** Whether a text speaks of the begin or end of a private key: what is hidden then may stand far from there. */
export function holdsKeyMark(text: string): boolean {
  return text.search(MARK) !== -1
}

/**
 * Tells of the bodies of private keys, PEM and PuTTY, also within string literals: between their marks, after a begin
 * without end, before an end without begin, and, next to one of `edges`, at which the text was cut, where whole lines are
 * nothing but base64.
 */
export function findKeyBlocks(text: string, edges: readonly number[], visit: SecretVisitor): void {
  let known = 0
  for (const mark of text.matchAll(MARK)) {
    const end = mark.index + mark[0].length
    if (mark.index < known) continue
    if (mark[1] === "END") visitBefore(text, known, mark.index, visit)
    known = mark[1] === "END" ? end : visitAfter(text, end, visit)
  }
  for (const edge of edges) visitBodies(text, edge, visit)
}

/** Gives where the key ends. */
function visitAfter(text: string, start: number, visit: SecretVisitor): number {
  let first = -1
  let [at, end] = [start, start]
  while (at < text.length && at - start < LONGEST_KEY) {
    const line = headerAt(text, at) ?? keyLineAt(text, at)
    if (line === null || line.next === at || isWord(text, line, first !== -1)) break
    if (line.end > line.start) {
      if (first === -1) first = line.start
      end = line.end
    }
    at = line.next
  }
  if (first === -1) return start
  end = lastRun(text, at) ?? end
  visit("private-key", first, lastLine(text, end))
  return end
}

/** What follows a line that was cut short, or whose marks are none of those known: the rest of its run. */
function lastLine(text: string, end: number): number {
  const rest = /[A-Za-z0-9+/=]*/y
  rest.lastIndex = end
  rest.exec(text)
  return rest.lastIndex
}

/** Where the last run of a key ends that stands before the end of a literal and more code; null if there is no such run. */
function lastRun(text: string, at: number): number | null {
  const run = /[ \t]{0,16}[A-Za-z0-9+/=]{4,200}(?=["'`])/y
  run.lastIndex = at
  return run.test(text) ? run.lastIndex : null
}

/** A line that says how a key is kept, as one without a run. */
function headerAt(text: string, at: number): KeyLine | null {
  const header = new RegExp(HEADER)
  header.lastIndex = at
  if (!header.test(text)) return null
  return { start: header.lastIndex, end: header.lastIndex, next: header.lastIndex }
}

/** Whether a short run is no end of a key, but code or prose after a mark that only names it. */
function isWord(text: string, { start, end }: KeyLine, inKey: boolean): boolean {
  if (end === start || end - start >= 16) return false
  return !inKey || /^[A-Za-z]?[a-z]*$/.test(text.slice(start, end))
}

function visitBefore(text: string, from: number, mark: number, visit: SecretVisitor): void {
  const [start, end] = bodyBefore(text, Math.max(from, mark - LONGEST_KEY), mark)
  if (end - start >= 16) visit("private-key", start, end)
}

/** The lines of a key that end at `before`: from the first character of their runs to the last. */
function bodyBefore(text: string, from: number, before: number): [start: number, end: number] {
  let [start, end] = [before, -1]
  for (let at = before; at > from; ) {
    const begin = Math.max(from, lineStart(text, beforeBreak(text, at)))
    const line = keyLineAt(text.slice(0, at), begin)
    if (line === null || line.next < at || begin >= at) break
    if (line.end > line.start) {
      start = line.start
      if (end === -1) end = line.end
    }
    at = begin
  }
  return [start, end === -1 ? start : end]
}

/** `at`, without the line break before it, be it one that is written as an escape. */
function beforeBreak(text: string, at: number): number {
  if (text[at - 1] === "\n") return at - 1
  return text[at - 2] === "\\" && (text[at - 1] === "n" || text[at - 1] === "r") ? at - 2 : at
}

/** Hides two lines of base64 or more around an edge if one of them is as long as those of keys are. */
function visitBodies(text: string, edge: number, visit: SecretVisitor): void {
  const [first] = bodyBefore(text, Math.max(0, edge - LONGEST_KEY), edge)
  const start = lineStart(text, first)
  let [lines, longest, end] = [0, 0, start]
  for (let at = start; at < text.length && at - edge < LONGEST_KEY; ) {
    const line = keyLineAt(text, at)
    if (line === null || line.end === line.start) break
    lines++
    if (isMixed(text.slice(line.start, line.end))) longest = Math.max(longest, line.end - line.start)
    end = line.end
    at = line.next
  }
  if (lines > 1 && longest >= FULL_LINE) visit("private-key", start, end)
}

/** Whether a run has letters of both cases and digits, as every full line of a key has, and is no literal in base 16. */
function isMixed(run: string): boolean {
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && !run.startsWith("0x")
}
