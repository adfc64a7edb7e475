import type { SymbolKind } from "../syntax/symbols.ts"
import { type Candidate, EVIDENCE, LEVELS, levelAt, levelOfDistance, noteLevel } from "./candidates.ts"
import type { CursorName } from "./cursor-names.ts"
import type { WindowRanks } from "./gather-windows.ts"
import type { Survey } from "./survey.ts"

/** Levels per rank of a window. */
const LEVELS_PER_RANK = 2 / 3

/** Notes what is true of each candidate, whoever found it. */
export function settle({ candidates, names, outlineOf, path }: Survey, ranks: WindowRanks): void {
  const own = outlineOf(path)
  for (const candidate of candidates.list) {
    const { name, kind, exported } = candidate.symbol
    const use = names.get(name)
    const rank = ranks.get(name)
    noteLevel(candidate, "kind", KIND_LEVEL[kind])
    noteLevel(candidate, "export", exported ? 0 : 1)
    if (use !== undefined) noteUse(candidate, use)
    if (rank !== undefined) noteLevel(candidate, "window", Math.floor(rank * LEVELS_PER_RANK))
    const stray = strayLevel(candidate, use)
    if (stray !== null) noteLevel(candidate, "stray", stray)
    if (own.top(name) !== -1) noteLevel(candidate, "shadowed", 0)
    else if (use === undefined) noteLevel(candidate, "shadowed", 1)
  }
}

/** Null for what is led to by more than its name. */
function strayLevel(candidate: Candidate, use: CursorName | undefined): number | null {
  if (LEADS.some(kind => levelAt(candidate, kind) >= 0)) return null
  if (candidate.symbol.container === null) return use?.isMember === true ? 3 : null
  if (use === undefined) return 2
  return use.isMember ? 0 : 1
}

/** What leads to a declaration, or to that which it is a member of. */
const LEADS: readonly number[] = (
  [
    "import",
    "unused-import",
    "namespace",
    "member",
    "type-1",
    "type-2",
    "type-3",
    "type-member",
    "co-import",
  ] as const
).map(kind => EVIDENCE.indexOf(kind))

function noteUse(candidate: Candidate, { isMember, distance, uses }: CursorName): void {
  noteLevel(candidate, isMember ? "member-mention" : "mention", levelOfDistance(distance))
  noteLevel(candidate, "uses", LEVELS - 1 - levelOfDistance(uses - 1))
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
