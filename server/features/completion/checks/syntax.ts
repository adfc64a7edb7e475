import type { Breakage } from "../../../syntax/trial.ts"
import type { Place } from "../asking/place.ts"

/**
 * How broken the document would be with `text` at the place instead of `replaceAfter` units right of it; null without a
 * grammar, or if it takes too long to say.
 */
export function tries(
  { document, offset, trial }: Place,
  text: string,
  replaceAfter: number,
): Breakage | null {
  if (trial === null) return null
  const lineBreak = document.text.includes("\r\n") ? "\r\n" : "\n"
  const change = { start: offset, end: offset + replaceAfter, text: text.replaceAll("\n", lineBreak) }
  return trial.breakageAfter(change)
}

/** Whether a suggestion breaks what was not broken, rather than to mend a part of it; null where `tries` can't say. */
export function breaksSyntax(text: string, place: Place, replaceAfter: number): boolean | null {
  const after = tries(place, text, replaceAfter)
  if (after === null || place.trial === null) return null
  const before = place.trial.breakage
  return after.count > before.count && after.units >= before.units
}
