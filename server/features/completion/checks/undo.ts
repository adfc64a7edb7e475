import type { RecentEdit } from "../../../context/project-view.ts"
import type { Place } from "../asking/place.ts"
import { surroundingsOf } from "../asking/surroundings.ts"

/** Whether a suggestion would bring back what the user has just changed or taken away. */
export function undoes(text: string, place: Place, edits: readonly RecentEdit[]): boolean {
  const { document, offset } = place
  const path = document.path ?? document.uri
  const here = document.lines.lineAt(offset)
  const { typed, rest } = surroundingsOf(place)
  const fresh = (typed + text + rest).split("\n")
  return edits.some(edit => {
    if (edit.path !== path || edit.before.trim() === "") return false
    const after = edit.after === "" ? [] : edit.after.split("\n")
    const at = here - edit.startLine
    if (at < 0 || at > after.length) return false
    return brings([...after.slice(0, at), ...fresh, ...after.slice(at + 1)], edit.before)
  })
}

/** Whether lines begin with, or in their middle hold, what stood there before. */
function brings(lines: readonly string[], before: string): boolean {
  const old = before.split("\n").map(folded).filter(Boolean)
  const now = lines.map(folded).filter(Boolean)
  return old.length > 0 && old.every((line, at) => line === now[at])
}

function folded(line: string): string {
  return line.replace(/\s+/g, "")
}
