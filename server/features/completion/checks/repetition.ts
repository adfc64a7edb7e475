import { Scanner } from "../../../syntax/lexer.ts"
import type { Lexicon } from "../../../syntax/tokens.ts"

/** Equal tokens, or groups of up to three, in a row that nobody writes: measured by others on real completions. */
const MOST_EQUAL_TOKENS = 10
const LONGEST_GROUP = 3
/** Equal lines in a row, or equal blocks of lines, that nobody writes. */
const MOST_EQUAL_LINES = 4
const MOST_EQUAL_BLOCKS = 3
const LONGEST_BLOCK = 6
/** Tokens looked at. */
const REACH = 2000

/** Whether a text says the same few tokens over and over. */
export function stutters(text: string, lexicon: Lexicon): boolean {
  const scanner = new Scanner(text, lexicon, 0, text.length)
  const tokens: string[] = []
  const runs = new Array<number>(LONGEST_GROUP + 1).fill(0)
  while (tokens.length < REACH && scanner.next()) {
    tokens.push(text.slice(scanner.start, scanner.end))
    const last = tokens.length - 1
    for (let group = 1; group <= LONGEST_GROUP; group++) {
      const isEqual = last >= group && tokens[last] === tokens[last - group]
      runs[group] = isEqual ? runs[group]! + 1 : 0
      if (runs[group]! >= group * (MOST_EQUAL_TOKENS - 1) && /\w/.test(tokens.slice(-group).join("")))
        return true
    }
  }
  return false
}

/**
 * How many of `lines` stand before they begin to repeat themselves at their end, with the first of the repeated ones; all of
 * them if they don't.
 */
export function linesBeforeRepetition(lines: readonly string[]): number {
  for (let block = 1; block <= LONGEST_BLOCK; block++) {
    const times = block === 1 ? MOST_EQUAL_LINES : MOST_EQUAL_BLOCKS
    if (repeatsAtEnd(lines, block, times)) return lines.length - block * (times - 1)
  }
  return lines.length
}

function repeatsAtEnd(lines: readonly string[], block: number, times: number): boolean {
  const first = lines.length - block * times
  if (first < 0 || lines.slice(-block).every(line => !/\w/.test(line))) return false
  for (let at = lines.length - 1; at >= first + block; at--)
    if (lines[at]!.trim() !== lines[at - block]!.trim()) return false
  return true
}

/** A text up to where its lines begin to repeat themselves; null if it stutters within a line. */
export function withoutRepetition(text: string, lexicon: Lexicon): string | null {
  if (stutters(text, lexicon)) return null
  const lines = text.split("\n")
  for (let count = 1; count <= lines.length; count++) {
    const kept = linesBeforeRepetition(lines.slice(0, count))
    if (kept < count) return lines.slice(0, kept).join("\n")
  }
  return text
}
