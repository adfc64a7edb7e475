import type { SimilarWindow } from "./similar-windows.ts"
import type { Survey } from "./survey.ts"

/** Declarations of one name; of a name with more of them none is likely meant. */
const MAX_RIVALS = 8
const LEAST_NAME = 3

/** The declarations of names that stand in code like the code at the cursor. */
export function gatherWindowNames(survey: Survey, windows: readonly SimilarWindow[]): void {
  for (const word of rankInWindows(windows).keys()) {
    if (word.length < LEAST_NAME || survey.names.has(word)) continue
    const hits = survey.view.index.exact(word, MAX_RIVALS + 1)
    if (hits.length > MAX_RIVALS) continue
    for (const symbol of hits) {
      if (symbol.path !== survey.path) survey.candidates.note(symbol, "rivals", hits.length - 1)
    }
  }
}

/** For each name in some windows the rank of the first window that holds it, from 0. */
export function rankInWindows(windows: readonly SimilarWindow[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  for (const [rank, { words }] of windows.entries()) {
    for (const word of words) if (!ranks.has(word)) ranks.set(word, rank)
  }
  return ranks
}
