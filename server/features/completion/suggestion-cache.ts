import { LRUCache } from "lru-cache"
import { detached } from "../../base/detached.ts"
import { coarseKey, exactKey, type KeyedPlace, placeAfter } from "./cache-key.ts"

/** Something that could be suggested, to be remembered where it belongs. */
export interface Finding {
  /** From the cursor on; `\n` line breaks. */
  readonly text: string
  /** UTF-16 code units from the start of `text` that are checked and may be shown as they are; what follows is the hot streak. */
  readonly checked: number
  readonly replaceAfter: number
  readonly confidence: number
  readonly source: "embedded" | "model"
  /** Whether code is likely wanted behind it: not behind an answer that was to be the rest of a block. */
  readonly goesOn: boolean
  /** What tells it from others when it is rejected. */
  readonly fingerprint: string
}

/** What is remembered, as it looks from a place: what of it is typed already is taken off. */
export interface Recalled extends Finding {
  /** The same for all that came from one finding, wherever in it the cursor is. */
  readonly origin: number
  /** Whether the surroundings are those it was checked in; if not, it must be checked again. */
  readonly isExact: boolean
}

interface Entry {
  readonly origin: number
  readonly finding: Finding
  /** Where `finding.text` goes on in this line. */
  readonly start: number
  /** What stood on the line left of `start`, and right of the cursor. */
  readonly typed: string
  readonly rest: string
}

/** Places remembered, UTF-16 code units of all their texts and keys together, and findings for one place. */
const MAX_PLACES = 500
const MAX_UNITS = 1_000_000
const MAX_PER_PLACE = 6
/** Lines of one finding of which the beginning is a place of its own, and units of it that are kept. */
const MAX_LINES = 24
const MAX_TEXT = 8000

/**
 * What was found, by what stands around the place: found again while it is typed along, when an accepted suggestion is at
 * its end, and after scrolling away and back. Bounded by places and size.
 */
export class SuggestionCache {
  readonly #exact = placesByKey()
  readonly #coarse = placesByKey()
  #origins = 0

  /** Remembers a finding at a place and at the start of each of its lines; gives its origin, a new one unless it has one. */
  remember(place: KeyedPlace, epoch: number, finding: Finding, known: number | null = null): number {
    const origin = known ?? ++this.#origins
    const kept = { ...finding, text: detached(finding.text.slice(0, MAX_TEXT)) }
    const lines = kept.text.split("\n").slice(0, MAX_LINES)
    let start = 0
    lines.forEach((line, at) => {
      const here = at === 0 ? place : placeAfter(place, lines.slice(0, at))
      const entry = { origin, finding: kept, start, typed: here.typed, rest: here.rest }
      add(this.#exact, exactKey(here, epoch), entry)
      add(this.#coarse, coarseKey(here), entry)
      start += line.length + 1
    })
    return origin
  }

  /** Everything that agrees with what is typed at a place, the latest first, exact ones before others. */
  recall(place: KeyedPlace, epoch: number): readonly Recalled[] {
    const exact = recallFrom(this.#exact.get(exactKey(place, epoch)), place, true)
    const origins = new Set(exact.map(({ origin }) => origin))
    const coarse = recallFrom(this.#coarse.get(coarseKey(place)), place, false)
    return [...exact, ...coarse.filter(({ origin }) => !origins.has(origin))]
  }

  /** Forgets what came of these findings where `place` would recall it. */
  forget(place: KeyedPlace, epoch: number, origins: ReadonlySet<number>): void {
    drop(this.#exact, exactKey(place, epoch), origins)
    drop(this.#coarse, coarseKey(place), origins)
  }

  /** Places that something is remembered for, and UTF-16 code units of keys and texts. */
  get size(): { readonly places: number; readonly units: number } {
    return {
      places: this.#exact.size + this.#coarse.size,
      units: this.#exact.calculatedSize + this.#coarse.calculatedSize,
    }
  }
}

function placesByKey(): LRUCache<string, readonly Entry[]> {
  return new LRUCache<string, readonly Entry[]>({
    max: MAX_PLACES,
    maxSize: MAX_UNITS,
    sizeCalculation: (entries, key) =>
      key.length +
      entries.reduce(
        (units, { finding, typed, rest }) => units + finding.text.length + typed.length + rest.length,
        1,
      ),
  })
}

function add(places: LRUCache<string, readonly Entry[]>, key: string, entry: Entry): void {
  const others = (places.get(key) ?? []).filter(each => !isSame(each, entry))
  places.set(key, [entry, ...others].slice(0, MAX_PER_PLACE))
}

function drop(places: LRUCache<string, readonly Entry[]>, key: string, origins: ReadonlySet<number>): void {
  const left = (places.get(key) ?? []).filter(({ origin }) => !origins.has(origin))
  if (left.length === 0) places.delete(key)
  else places.set(key, left)
}

/** Whether one finding takes the other's place: more of the same answer, or the same found again. */
function isSame(known: Entry, entry: Entry): boolean {
  const isHere = known.typed === entry.typed && known.rest === entry.rest
  const says = ({ finding, start }: Entry): string => finding.text.slice(start)
  return isHere && (known.origin === entry.origin || says(known) === says(entry))
}

function recallFrom(
  entries: readonly Entry[] | undefined,
  place: KeyedPlace,
  isExactKey: boolean,
): readonly Recalled[] {
  return (entries ?? []).flatMap(({ origin, finding, start, typed, rest }) => {
    if (!place.typed.startsWith(typed)) return []
    const since = place.typed.slice(typed.length)
    if (!finding.text.startsWith(since, start)) return []
    const at = start + since.length
    const text = finding.text.slice(at)
    if (text.trim() === "") return []
    const checked = Math.max(0, finding.checked - at)
    return [{ ...finding, origin, text, checked, isExact: isExactKey && place.rest === rest }]
  })
}
