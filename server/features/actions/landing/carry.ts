import type { TextLines } from "./line-edits.ts"
import { endOf } from "./line-edits.ts"
import { type LineSpan, placesOf } from "./locate.ts"
import type { Declared } from "./outline.ts"
import { pathAround } from "./outline.ts"

/** One text at two times, with what each declares. */
interface TwoTimes {
  readonly asked: TextLines
  readonly now: TextLines
  readonly declared: { asked(): readonly Declared[]; now(): readonly Declared[] }
}

/**
 * How many lines further down `span` of the asked text stands now; null if it was edited, or can't be told from another
 * place that says the same. Outside everything that was edited it is where it was. Between edits it is found by what it
 * says, in the same declaration as before.
 */
export function carried(times: TwoTimes, span: LineSpan): number | null {
  const { asked, now } = times
  const longer = now.lines.length - asked.lines.length
  const isBefore = span.to <= sameAtStart(asked.lines, now.lines)
  const isBehind = span.from >= asked.lines.length - sameAtEnd(asked.lines, now.lines)
  // Both at once is a copy put in beside it: which one is the copy, nobody can tell.
  if (isBefore !== isBehind || (isBefore && longer === 0)) return isBefore ? 0 : longer
  const length = span.to - span.from
  const search = asked.lines.slice(span.from, span.to)
  const declared = { asked: times.declared.asked(), now: times.declared.now() }
  const path = pathOf(asked, declared.asked, span.from, length)
  const before = placesOf(asked.lines, search).filter(
    from => pathOf(asked, declared.asked, from, length) === path,
  )
  const places = placesOf(now.lines, search).filter(from => pathOf(now, declared.now, from, length) === path)
  return before.length === 1 && places.length === 1 ? places[0]! - span.from : null
}

function pathOf(text: TextLines, declared: readonly Declared[], from: number, length: number): string {
  return pathAround(declared, { start: text.starts[from]!, end: endOf(text, from + length - 1) })
}

function sameAtStart(one: readonly string[], other: readonly string[]): number {
  const shorter = Math.min(one.length, other.length)
  let same = 0
  while (same < shorter && one[same] === other[same]) same++
  return same
}

function sameAtEnd(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length)
  let same = 0
  while (same < most && one[one.length - 1 - same] === other[other.length - 1 - same]) same++
  return same
}
