import type { SymbolKind } from "../syntax/symbols.ts"
import { type Candidates, LEVELS, levelOfDistance } from "./candidates.ts"
import type { CursorName } from "./cursor-names.ts"
import { rankInWindows } from "./gather-windows.ts"
import type { SimilarWindow } from "./similar-windows.ts"
import type { Survey } from "./survey.ts"

/** Levels per rank of a window. */
const LEVELS_PER_RANK = 2 / 3

/** Notes what is true of each candidate, whoever found it. */
export function settle(survey: Survey, windows: readonly SimilarWindow[]): void {
  const { candidates, names, view, outlineOf, path } = survey
  const own = outlineOf(path)
  const ranks = rankInWindows(windows)
  for (const { symbol } of candidates.list) {
    const { name } = symbol
    const use = names.get(name)
    const rank = ranks.get(name)
    candidates.note(symbol, "use", LEVELS - 1 - levelOfDistance(view.index.filesWithCount(name) - 1))
    candidates.note(symbol, "kind", KIND_LEVEL[symbol.kind])
    candidates.note(symbol, "export", symbol.exported ? 0 : 1)
    if (use !== undefined) noteUse(candidates, symbol, use)
    if (rank !== undefined) candidates.note(symbol, "window", Math.floor(rank * LEVELS_PER_RANK))
    if (own.top(name) !== -1) candidates.note(symbol, "shadowed", 0)
    else if (use === undefined) candidates.note(symbol, "shadowed", 1)
  }
}

function noteUse(candidates: Candidates, symbol: Parameters<Candidates["note"]>[0], use: CursorName): void {
  candidates.note(symbol, use.isMember ? "member-mention" : "mention", levelOfDistance(use.distance))
  candidates.note(symbol, "uses", LEVELS - 1 - levelOfDistance(use.uses - 1))
}

const KIND_LEVEL: Readonly<Record<SymbolKind, number>> = {
  class: 0,
  struct: 0,
  interface: 1,
  trait: 1,
  type: 2,
  enum: 2,
  function: 3,
  macro: 3,
  method: 4,
  constructor: 4,
  property: 5,
  field: 5,
  "enum-member": 5,
  variable: 6,
  constant: 6,
  file: 7,
  module: 7,
  namespace: 7,
  parameter: 7,
  key: 7,
  selector: 7,
}
