import type { Landing } from "../../../server/features/actions/landing/landing.ts"

/** Lines that the edits of a landing take away from `now`, and lines that they bring. */
export function editedLines(now: string, landing: Landing): number {
  if (landing.kind === "refused") return 0
  const edits = landing.files.flatMap(file => file.edits)
  return edits.reduce((sum, edit) => sum + countOf(now.slice(edit.start, edit.end)) + countOf(edit.text), 0)
}

function countOf(text: string): number {
  return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length
}

/** The fewest lines to take away and to bring so that one text becomes another: the lines outside their longest common row. */
export function differentLines(before: string, after: string): number {
  const [old, fresh] = [before.split("\n"), after.split("\n")]
  let row = new Array<number>(fresh.length + 1).fill(0)
  for (const line of old) {
    const next = [0]
    for (const [at, other] of fresh.entries()) {
      next.push(line === other ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!))
    }
    row = next
  }
  return old.length + fresh.length - 2 * row.at(-1)!
}
