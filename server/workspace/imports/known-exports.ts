import type { SymbolHit } from "../file-facts.ts"

/** Answers kept; at some 300 bytes each. */
const MAX_KEPT = 20_000

/** What files were found to export, for as long as nothing changes: the same is asked for at every keystroke. */
export class KnownExports {
  readonly #byPath = new Map<string, Map<string, SymbolHit | null>>()
  #count = 0

  /** What is known of a name of a file, else what `find` gives. */
  of(path: string, name: string, find: () => SymbolHit | null): SymbolHit | null {
    let byName = this.#byPath.get(path)
    const known = byName?.get(name)
    if (known !== undefined) return known
    if (this.#count >= MAX_KEPT) this.forget()
    const found = find()
    byName = this.#byPath.get(path) ?? new Map()
    this.#byPath.set(path, byName)
    byName.set(name, found)
    this.#count++
    return found
  }

  /** Forgets everything: a change of one file can change what any other exports. */
  forget(): void {
    if (this.#count === 0) return
    this.#byPath.clear()
    this.#count = 0
  }
}
