/** The one of `words` that `word` was most likely meant to be, or null if none is close: at most one letter in three differs. */
export function nearest(word: string, words: readonly string[]): string | null {
  let best: string | null = null
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const each of words) {
    const edits = editsBetween(word.toLowerCase(), each.toLowerCase())
    if (edits >= least) continue
    least = edits
    best = each
  }
  return best
}

/** How many letters must be put in, taken out, changed or swapped with the next to make one word the other. */
function editsBetween(one: string, other: string): number {
  let before: readonly number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const here = [row]
    for (let at = 1; at <= other.length; at++) {
      const change = above[at - 1]! + (one[row - 1] === other[at - 1] ? 0 : 1)
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]
      const swap = swapped ? before[at - 2]! + 1 : Number.POSITIVE_INFINITY
      here.push(Math.min(change, swap, above[at]! + 1, here[at - 1]! + 1))
    }
    before = above
    above = here
  }
  return above[other.length]!
}
