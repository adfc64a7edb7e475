import type { LinePoint } from "../points/line-point.ts"
import type { Contestant } from "./contest.ts"

/** What typing one line took. */
export interface TypingRow {
  /** UTF-16 code units of the line, from its first token to its last. */
  readonly units: number
  /** Keys pressed: one for each unit typed and one for each suggestion taken. */
  readonly keys: number
  readonly shown: number
  readonly taken: number
}

/** Suggestions with fewer units that are not white space are not shown. */
const MIN_SHOWN = 2

/**
 * Types one line as a user who takes every suggestion that is right: it is shown when it has at least two units that are not
 * white space and is not the rest of the one just ignored; one key takes it, else one unit is typed.
 */
export function typeLine(contestant: Contestant, point: LinePoint, threshold: number): TypingRow {
  const first = point.starts[0]!
  const end = point.ends.at(-1)!
  let [keys, shown, taken] = [0, 0, 0]
  let ignored = ""
  for (let offset = first; offset < end; ) {
    const suggestion = contestant.suggest({ point, offset }, threshold)
    const wanted = point.text.slice(offset, end)
    keys++
    if (suggestion.trim().length >= MIN_SHOWN && suggestion !== ignored) {
      shown++
      if (wanted.startsWith(suggestion)) {
        taken++
        offset += suggestion.length
        ignored = ""
        continue
      }
      ignored = suggestion
    }
    ignored = ignored.startsWith(wanted[0]!) ? ignored.slice(1) : ""
    offset++
  }
  return { units: end - first, keys, shown, taken }
}
