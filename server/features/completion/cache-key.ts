import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type Surroundings, surroundingsOf } from "./asking/surroundings.ts"

/** What an answer depends on, as far as it is remembered by it. */
export interface KeyedPlace extends Surroundings {
  readonly uri: string
  /** The last lines above that are not blank, the nearest last, without their breaks. */
  readonly linesAbove: readonly string[]
}

/** Lines above of the exact key, and of the coarse one: for a place whose surroundings changed a little. */
const LINES = 5
const COARSE_LINES = 2
/** Blank lines looked over at most, and units of a line that count. */
const REACH = 50
const MAX_UNITS = 200

/** What stands around an offset, for the keys of what is remembered there. */
export function keyedPlace(document: DocumentSnapshot, offset: number): KeyedPlace {
  return {
    uri: document.uri,
    ...surroundingsOf({ document, offset }),
    linesAbove: linesAbove(document, document.lines.lineAt(offset)),
  }
}

/** The place at the start of the line after `lines` were written at `place`. */
export function placeAfter(place: KeyedPlace, lines: readonly string[]): KeyedPlace {
  const written = lines.map((line, at) => (at === 0 ? place.typed + line : line))
  const filled = written.filter(line => line.trim() !== "").map(shortened)
  const above = [...place.linesAbove, ...filled].slice(-LINES)
  return { ...place, linesAbove: above, above: above.at(-1) ?? "", typed: "", rest: "" }
}

/** The same for two places of equal surroundings in one epoch, wherever on the line they are. */
export function exactKey({ uri, linesAbove: above, below }: KeyedPlace, epoch: number): string {
  return [uri, epoch, ...above, shortened(below)].join("\n")
}

/** The same for places that differ in what is farther away than the nearest lines above. */
export function coarseKey({ uri, linesAbove: above }: KeyedPlace): string {
  return [uri, ...above.slice(-COARSE_LINES)].join("\n")
}

function linesAbove({ text, lines }: DocumentSnapshot, from: number): readonly string[] {
  const found: string[] = []
  for (let line = from - 1; line >= Math.max(0, from - REACH) && found.length < LINES; line--) {
    const start = lines.startOf(line)
    const each = text
      .slice(start, Math.min(lines.startOf(line + 1), start + MAX_UNITS))
      .replace(/[\r\n]+$/, "")
    if (each.trim() !== "") found.push(each)
  }
  return found.reverse()
}

function shortened(line: string): string {
  return line.slice(0, MAX_UNITS)
}
