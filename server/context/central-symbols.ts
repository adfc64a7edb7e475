import type { TimeSlice } from "../base/time-slice.ts"
import { BestOf, byText } from "../workspace/best-of.ts"
import type { SymbolHit, SymbolIndex } from "../workspace/file-facts.ts"

/** A declaration that much of the project leans on. */
interface CentralSymbol {
  readonly path: string
  readonly name: string
}

/** Declarations by how much of the project names them, the most used first. */
export type CentralSymbols = readonly CentralSymbol[]

/** Declarations kept. */
const MAX_CENTRAL = 2000
/** Declarations of one name counted; more are as good as that many. */
const MAX_RIVALS = 16
const FILES_PER_LOOK = 16

/**
 * Counts what the project leans on most: exported declarations of the top level by the files that hold their names, shared
 * among those that declare the same name. Looks at every file, so it is done now and then, in slices.
 */
export async function countCentral(index: SymbolIndex, slice: TimeSlice): Promise<CentralSymbols> {
  const best = new BestOf<CentralSymbol>(MAX_CENTRAL, (a, b) => byText(a.path, b.path))
  let files = 0
  for (const path of index.paths()) {
    if (++files % FILES_PER_LOOK === 0 && slice.due()) await slice.pause()
    const inFile = index.inFile(path)
    for (const symbol of inFile) {
      if (symbol.container !== null || !symbol.exported) continue
      best.show({ path, name: symbol.name }, useOf(index, symbol))
    }
  }
  return best.list()
}

function useOf(index: SymbolIndex, { name }: SymbolHit): number {
  return index.filesWithCount(name) / index.exact(name, MAX_RIVALS).length
}
