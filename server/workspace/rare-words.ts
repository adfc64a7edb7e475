import type { SymbolIndex } from "./file-facts.ts"

/** Files looked at for one query at most, counted once for each word: some 0.2 ms. */
const MOST_LOOKS = 50_000
/** Weights are multiples of one over this, so that sums do not depend on the order of adding. */
const STEPS = 1024

/**
 * The distinct words that some file of the index holds, with their weights: log2(1 + files / files with the word). Rarest
 * first, as many as can be looked up quickly.
 */
export function rareWords(
  words: readonly string[],
  index: Pick<SymbolIndex, "fileCount" | "filesWithCount">,
): ReadonlyMap<string, number> {
  const { fileCount } = index
  const counted = [...new Set(words)]
    .map(word => ({ word, files: index.filesWithCount(word) }))
    .filter(({ files }) => files > 0)
    .sort((a, b) => a.files - b.files || (a.word < b.word ? -1 : 1))
  const weights = new Map<string, number>()
  let looks = 0
  for (const { word, files } of counted) {
    looks += files
    if (looks > MOST_LOOKS && weights.size > 0) break
    weights.set(word, Math.round(Math.log2(1 + fileCount / files) * STEPS) / STEPS)
  }
  return weights
}
