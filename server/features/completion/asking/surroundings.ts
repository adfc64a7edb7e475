import type { DocumentSnapshot } from "../../../workspace/document.ts"
import type { Place } from "./place.ts"

/** The lines around a cursor, without their breaks. */
export interface Surroundings {
  /** The cursor's line before the cursor. */
  readonly typed: string
  /** The cursor's line after the cursor. */
  readonly rest: string
  /** The nearest line above that is not blank; empty if there is none. */
  readonly above: string
  /** The nearest line below that is not blank; empty if there is none. */
  readonly below: string
}

/** Whether the cursor stands in braces on one line, with nothing but what closes behind it. */
export function isWithinBraces({ typed, rest }: Pick<Surroundings, "typed" | "rest">): boolean {
  return /(?<![$#%])\{\s*$/.test(typed) && /^\s*\}[)\]};,\s]*$/.test(rest)
}

/** Whether further lines can be put behind the cursor: what stands right of it may stand below them. */
export function takesLines(around: Pick<Surroundings, "typed" | "rest">): boolean {
  return around.rest.trim() === "" || isWithinBraces(around)
}

/** Lines looked through for one that is not blank. */
const REACH = 200

/** What stands around a place. */
export function surroundingsOf({ document, offset }: Pick<Place, "document" | "offset">): Surroundings {
  const { text, lines } = document
  const here = lines.lineAt(offset)
  return {
    typed: text.slice(lines.startOf(here), offset),
    rest: withoutBreak(text.slice(offset, lines.startOf(here + 1))),
    above: filledLine(document, here, -1),
    below: filledLine(document, here, 1),
  }
}

function filledLine({ text, lines }: DocumentSnapshot, from: number, step: 1 | -1): string {
  for (let far = 1; far <= REACH; far++) {
    const line = from + far * step
    if (line < 0 || line >= lines.count) return ""
    const found = text.slice(lines.startOf(line), lines.startOf(line + 1))
    if (found.trim() !== "") return withoutBreak(found)
  }
  return ""
}

function withoutBreak(line: string): string {
  return line.replace(/[\r\n]+$/, "")
}
