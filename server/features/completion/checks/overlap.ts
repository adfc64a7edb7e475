import type { Lexicon } from "../../../syntax/tokens.ts"
import { isCloser, type LoneBracket, loneBrackets } from "./brackets.ts"

/** `text` without the longest end with which `rest` begins, unless that end closes what `text` itself opened. */
export function withoutOverlap(text: string, rest: string, lexicon: Lexicon): string {
  const right = rest.trimEnd()
  const open = loneBrackets(text, lexicon).openers.length
  for (let length = Math.min(text.length, right.length); length > 0; length--) {
    if (!text.endsWith(right.slice(0, length))) continue
    const head = text.slice(0, text.length - length)
    if (loneBrackets(head, lexicon).openers.length <= open) return head
  }
  return text
}

/**
 * `text` up to the first closer that it does not open itself, if `rest` holds the same closer, so that it would stand twice.
 */
export function withoutStandingClosers(text: string, rest: string, lexicon: Lexicon): string {
  const standing = loneBrackets(rest, lexicon).closers.map(({ unit }) => unit)
  const extra = loneBrackets(text, lexicon).closers.find(({ unit }) => standing.includes(unit))
  return extra === undefined ? text : text.slice(0, extra.at)
}

/**
 * How many units right of the cursor a suggestion should replace: through closers that an editor put there by itself, where
 * the suggestion closes them itself and goes on. 0 for none.
 */
export function replacedClosers(text: string, rest: string, lexicon: Lexicon): number {
  const own: readonly LoneBracket[] = loneBrackets(text, lexicon).closers
  if (own.length === 0 || !isCloser(rest.trimStart().charAt(0))) return 0
  let at = 0
  for (const { unit } of own) {
    while (rest.charAt(at) === " ") at++
    if (rest.charAt(at) !== unit) return 0
    at++
  }
  const goesOn = text.slice(own.at(-1)!.at + 1).trim() !== ""
  const isAlone = /^[\s;,\])}]*$/.test(rest.slice(at))
  return goesOn && isAlone ? at : 0
}
