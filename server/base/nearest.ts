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

/** How many letters must be put in, taken out or changed to make one word the other. */
function editsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const here = [row]
    for (let at = 1; at <= other.length; at++) {
      const change = above[at - 1]! + (one[row - 1] === other[at - 1] ? 0 : 1)
      here.push(Math.min(change, above[at]! + 1, here[at - 1]! + 1))
    }
    above = here
  }
  return above[other.length]!
}
