import { columnsOf, indentOf } from "../../../base/indent.ts"
import type { Lexicon } from "../../../syntax/tokens.ts"
import type { Surroundings } from "../asking/surroundings.ts"
import { loneBrackets } from "./brackets.ts"

/** A suggestion up to the line that already follows, as far as that is not one of several such within its own brackets. */
export function withoutNextLine(text: string, { typed, below }: Surroundings, lexicon: Lexicon): string {
  if (!isTelling(below)) return text
  const lines = text.split("\n")
  const repeated = lines.findIndex((line, at) => {
    if (at === 0) return isSameLine(typed + line, below)
    return (
      isSameLine(line, below) && loneBrackets(lines.slice(0, at).join("\n"), lexicon).openers.length === 0
    )
  })
  return repeated < 0 ? text : lines.slice(0, repeated).join("\n").trimEnd()
}

/** Whether two lines say the same at the same depth; marks alone say nothing. */
export function isSameLine(line: string, other: string): boolean {
  if (!isTelling(line) || line.replace(/\s+/g, "") !== other.replace(/\s+/g, "")) return false
  return columnsOf(indentOf(line)) === columnsOf(indentOf(other))
}

function isTelling(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line)
}
