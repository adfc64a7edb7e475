import { LEVELS } from "./candidates.ts"
import type { SimilarWindow } from "./similar-windows.ts"
import type { Survey } from "./survey.ts"

/** Declarations of one name; of a name with more of them none is likely meant. */
const MAX_RIVALS = 8
const LEAST_NAME = 3
/** Names that stand in less like windows alone say too little. */
const MAX_RANK = 4

/** The declarations of names that stand in code like the code at the cursor. */
export function gatherWindowNames(survey: Survey, ranks: WindowRanks): void {
  for (const [word, rank] of ranks) {
    if (rank > MAX_RANK * survey.scale) break
    if (word.length < LEAST_NAME || survey.names.has(word)) continue
    const hits = survey.view.index.rare(word, MAX_RIVALS) ?? []
    for (const symbol of hits) {
      if (symbol.path !== survey.path) survey.candidates.note(symbol, "rivals", hits.length - 1)
    }
  }
}

/** The namesakes of such names in modules that the document imports whole. */
export function gatherWindowModules(survey: Survey, ranks: WindowRanks): void {
  for (const { path, names } of survey.imports) {
    if (!names.some(({ name }) => name === "*")) continue
    const outline = survey.outlineOf(path)
    for (const word of ranks.keys()) {
      const row = outline.top(word)
      if (row !== -1) survey.candidates.note(outline.symbols[row]!, "namespace", LEVELS - 1)
    }
  }
}

/** For each name in some windows the rank of the first window that holds it, from 0, in order of the ranks. */
export type WindowRanks = ReadonlyMap<string, number>

/** Ranks the names in windows, the likest first. */
export function rankInWindows(windows: readonly SimilarWindow[]): WindowRanks {
  const ranks = new Map<string, number>()
  for (const [rank, { words }] of windows.entries()) {
    for (const word of words) if (!ranks.has(word)) ranks.set(word, rank)
  }
  return ranks
}
