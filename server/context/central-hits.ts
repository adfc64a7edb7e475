import type { SymbolHit, SymbolIndex } from "../workspace/file-facts.ts"
import type { CentralSymbols } from "./central-symbols.ts"

/** A declaration as it was found, and the content that it was found in. */
interface FoundHit {
  readonly hash: string
  readonly isRough: boolean
  readonly symbol: SymbolHit | null
}

/** Where central declarations stand, looked up anew when their file changes: memory only, never a difference to an answer. */
export class CentralHits {
  readonly #found = new WeakMap<CentralSymbols[number], FoundHit>()

  /** The declaration at the top level of its file; null if it is there no more, or may not be told of. */
  of(index: SymbolIndex, central: CentralSymbols[number]): SymbolHit | null {
    const hash = index.hashOf(central.path)
    const isRough = index.isRough(central.path)
    const found = this.#found.get(central)
    if (found !== undefined && found.hash === hash && found.isRough === isRough) return found.symbol
    const hits = index.declaredIn(central.path, central.name)
    const symbol = hits.find(({ container }) => container === null) ?? null
    if (hash !== null) this.#found.set(central, { hash, isRough, symbol })
    return symbol
  }
}
