import { lexiconAt, type Place } from "../asking/place.ts"
import { closes, loneBrackets } from "./brackets.ts"

/** Units of a long document that are looked at on either side of the cursor. */
const REACH = 12_000

/**
 * The brackets that stand open before a place and are closed nowhere after it, innermost first. Of a long document only what
 * is near counts: what may be closed further down is taken for closed.
 */
export function unclosedBefore(place: Place): readonly string[] {
  const { document, offset } = place
  const { text, lines } = document
  const lexicon = lexiconAt(place)
  const from = lines.startOf(lines.lineAt(Math.max(0, offset - REACH)))
  const to = Math.min(text.length, offset + REACH)
  const openers = loneBrackets(text, lexicon, from, offset).openers.map(({ unit }) => unit)
  const closers = loneBrackets(text, lexicon, offset, to).closers.map(({ unit }) => unit)
  const unclosed: string[] = []
  let next = 0
  for (const opener of openers.reverse()) {
    if (next < closers.length && closes(closers[next]!, opener)) next++
    else if (next < closers.length || to === text.length) unclosed.push(opener)
  }
  return unclosed
}
