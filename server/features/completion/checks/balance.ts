import { lexiconAt, type Place } from "../asking/place.ts"
import { closerOf, isOpener, loneBrackets } from "./brackets.ts"
import { unclosedBefore } from "./open-brackets.ts"

/**
 * As much of a suggestion, in whole lines but for the first, as leaves the brackets of its document as balanced as they are;
 * null if that is nothing. A closer stays where the document lacks it. Openers at the end of a single line stay: they are
 * what the user will fill; and so do all of a suggestion that is not `isWhole`, the beginning of something longer.
 */
export function balanced(text: string, place: Place, replaced: string, isWhole: boolean): string | null {
  const closed = withoutSurplusClosers(text, place, replaced)
  if (closed.trim() === "") return null
  if (!isWhole || isOpenEnded(closed)) return closed
  const lexicon = lexiconAt(place)
  const lines = closed.split("\n")
  for (let count = lines.length; count > 0; count--) {
    const part = lines.slice(0, count).join("\n")
    if (loneBrackets(part, lexicon).openers.length === 0) return part.trim() === "" ? null : part.trimEnd()
  }
  return isOpenEnded(lines[0]!) ? lines[0]! : null
}

/** Whether a text is one line that opens what the user will fill. */
export function isOpenEnded(text: string): boolean {
  return !text.includes("\n") && isOpener(text.trimEnd().at(-1) ?? "")
}

/** What would close the brackets that a text leaves open. */
export function closersFor(text: string, place: Place): string {
  const { openers } = loneBrackets(text, lexiconAt(place))
  return openers
    .map(({ unit }) => closerOf(unit))
    .reverse()
    .join("")
}

function withoutSurplusClosers(text: string, place: Place, replaced: string): string {
  const lexicon = lexiconAt(place)
  const { closers } = loneBrackets(text, lexicon)
  if (closers.length === 0) return text
  const mayClose = [...replaced, ...unclosedBefore(place).map(closerOf)]
  for (const { unit, at } of closers) {
    const found = mayClose.indexOf(unit)
    if (found < 0) return text.slice(0, at).trimEnd()
    mayClose.splice(found, 1)
  }
  return text
}
