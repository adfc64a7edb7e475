import { indentOf } from "../../../base/indent.ts"
import { endsBlock } from "../gates.ts"

/** What the first line of an answer says about the line at the cursor. */
type FirstLine =
  /** Begins with what is typed, maybe with other spaces; `indent` is what it begins with itself. */
  | { readonly kind: "restarted"; readonly remainder: string; readonly indent: string }
  /** Goes on at the cursor, or repeats no more than the last words before it. */
  | { readonly kind: "continued"; readonly remainder: string }
  /** It is another line than the one being typed. */
  | { readonly kind: "diverged" }

/** Marks alone may well stand twice: `map(` goes on with `(x) => x`. */
const SAYS_SOMETHING = /[\p{L}\p{N}_$.]/u
const WORD = /[\p{L}\p{N}_$]/u

/** Takes what is typed, the line before the cursor, off the first line of an answer. */
export function subtractTyped(line: string, typed: string): FirstLine {
  const indent = indentOf(line)
  if (typed.trim() === "") return afterBlank(line, indent, typed)
  if (line.startsWith(typed)) return { kind: "restarted", remainder: line.slice(typed.length), indent }
  const matched = lengthLike(line, typed)
  if (matched !== null) return { kind: "restarted", remainder: afterGap(line, matched, typed), indent }
  const repeated = repeatedEnd(line.trimStart(), typed)
  if (repeated > 0) return { kind: "continued", remainder: line.trimStart().slice(repeated) }
  if (isSameStart(line.trim(), typed.trim()) || isGlued(line, typed)) return { kind: "diverged" }
  return { kind: "continued", remainder: /\s$/.test(typed) ? line.trimStart() : line }
}

function afterBlank(line: string, indent: string, typed: string): FirstLine {
  if (line.startsWith(typed)) return { kind: "restarted", remainder: line.slice(typed.length), indent: typed }
  return { kind: "restarted", remainder: line.trimStart(), indent }
}

/** How many units of `line` say the same as `typed` but for white space; null if it says something else. */
function lengthLike(line: string, typed: string): number | null {
  let at = 0
  for (const unit of typed) {
    if (isBlank(unit)) continue
    while (at < line.length && isBlank(line.charAt(at))) at++
    if (!line.startsWith(unit, at)) return null
    at += unit.length
  }
  return at
}

/** What follows `at`, without the space that is typed already. */
function afterGap(line: string, at: number, typed: string): string {
  const remainder = line.slice(at)
  return isBlank(typed.at(-1)!) ? remainder.trimStart() : remainder
}

function isBlank(unit: string): boolean {
  return unit === " " || unit === "\t"
}

/** Units at the start of `line` that are the last words of `typed`: as many as can be, whole words only. */
function repeatedEnd(line: string, typed: string): number {
  for (let from = Math.max(0, typed.length - line.length); from < typed.length; from++) {
    if (isBlank(typed.charAt(from))) continue
    const cutsWord = WORD.test(typed.charAt(from)) && from > 0 && WORD.test(typed.charAt(from - 1))
    const end = typed.slice(from)
    if (!cutsWord && SAYS_SOMETHING.test(end) && line.startsWith(end)) return end.length
  }
  return 0
}

/** Whether two lines begin alike, so that one is meant to stand for the other. */
function isSameStart(line: string, typed: string): boolean {
  let same = 0
  while (same < Math.min(line.length, typed.length) && line.charAt(same) === typed.charAt(same)) same++
  return same >= 3 && 2 * same >= Math.min(typed.length, line.length)
}

/** What goes on behind a block on the line of its closing brace begins with a mark or with one of these words. */
const GOES_ON = /^(?:else|elseif|elif|elsif|catch|finally|while|until|as|satisfies|from|in|is|and|or|where)\b/
/** What begins with these stands on a line of its own. */
const OWN_LINE = /^(?:[\p{L}\p{N}_$@#]|\/[/*])/u

/** Whether a line that is meant to stand below the end of a block would end up behind its closing brace. */
function isGlued(line: string, typed: string): boolean {
  const said = line.trimStart()
  return endsBlock(typed) && OWN_LINE.test(said) && !GOES_ON.test(said)
}

/** Fewer units than these can be the start of many lines by chance. */
const LEAST_START = 4

/** A suggestion without the beginning of its line, where it says that again instead of going on from the cursor. */
export function withoutTypedStart(text: string, typed: string): string {
  const said = typed.trim()
  if (said.length < LEAST_START || !/\W/.test(said) || !text.trimStart().startsWith(said)) return text
  const remainder = text.trimStart().slice(said.length)
  return isBlank(typed.at(-1)!) ? remainder.trimStart() : remainder
}
