import type { Recalled } from "./suggestion-cache.ts"

/** Most suggestions given at once. */
const MOST = 3

/**
 * What is remembered of a place, best first, each beginning differently from those before. What is seen already stays first
 * as long as it is agreed with, unless something else says the same and more: text that is read must not change under the
 * eyes of its reader.
 */
export function ranked(recalled: readonly Recalled[], seen: number | null): readonly Recalled[] {
  const byConfidence = recalled.toSorted((a, b) => b.confidence - a.confidence)
  const kept = byConfidence.find(({ origin, checked }) => origin === seen && checked > 0)
  const first = kept === undefined ? byConfidence : [longest(kept, recalled), ...byConfidence]
  const distinct: Recalled[] = []
  for (const each of first) {
    if (distinct.length < MOST && distinct.every(other => !isSameStart(other, each))) distinct.push(each)
  }
  return distinct
}

/** Of what says the same as `kept` and more, what says most; `kept` itself if nothing does. */
function longest(kept: Recalled, recalled: readonly Recalled[]): Recalled {
  const said = shownOf(kept)
  const more = recalled.filter(
    each => each.replaceAfter === kept.replaceAfter && shownOf(each).startsWith(said),
  )
  return more.reduce((best, each) => (each.checked > best.checked ? each : best), kept)
}

function shownOf({ text, checked }: Recalled): string {
  return text.slice(0, checked)
}

function isSameStart(one: Recalled, other: Recalled): boolean {
  return one.text.startsWith(other.text) || other.text.startsWith(one.text)
}
