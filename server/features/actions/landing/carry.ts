import type { CodeText } from "./code-text.ts"
import { endOf, sameAtEnd, sameAtStart } from "./line-edits.ts"
import { type LineSpan, placesOf } from "./locate.ts"
import { pathAround } from "./outline.ts"

/** One text at two times. */
interface TwoTimes {
  readonly asked: CodeText
  readonly now: CodeText
}

/** Equal places that are told apart by the declarations around them; among more nobody can say which one it was. */
const MAX_PLACES = 20

/**
 * How many lines further down `span` of the asked text stands now; null if it was edited, or can't be told from another
 * place that says the same. Outside everything that was edited it is where it was. Between edits it is found by what it
 * says, in the same declaration as before.
 */
export function carried({ asked, now }: TwoTimes, span: LineSpan): number | null {
  if (asked === now) return 0
  const [before, after] = [asked.lines.lines, now.lines.lines]
  const longer = after.length - before.length
  const isBefore = span.to <= sameAtStart(before, after)
  const isBehind = span.from >= before.length - sameAtEnd(before, after)
  // Both at once is a copy put in beside it: which one is the copy, nobody can tell.
  if (isBefore !== isBehind || (isBefore && longer === 0)) return isBefore ? 0 : longer
  const path = pathOf(asked, span)
  const search = before.slice(span.from, span.to)
  const places = placesIn(now, search, path)
  return placesIn(asked, search, path).length === 1 && places.length === 1 ? places[0]! - span.from : null
}

/** Where lines stand within the declaration of a path; nowhere if there are too many places to look at. */
function placesIn(code: CodeText, search: readonly string[], path: string): readonly number[] {
  const places = placesOf(code.lines.lines, search)
  if (places.length > MAX_PLACES) return []
  return places.filter(from => pathOf(code, { from, to: from + search.length }) === path)
}

function pathOf(code: CodeText, { from, to }: LineSpan): string {
  const around = { start: code.lines.starts[from]!, end: endOf(code.lines, to - 1) }
  return pathAround(code, around).join("\n")
}
