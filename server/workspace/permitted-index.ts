import type { ImportFact } from "../syntax/symbols.ts"
import type { LikeFile, SymbolHit, SymbolIndex } from "./file-facts.ts"

/**
 * An index without the files that may not be told of.
 * Invariant: nothing that stands in such a file is ever given, not even that it is there.
 */
export class PermittedIndex implements SymbolIndex {
  readonly #base: SymbolIndex
  readonly #permits: (path: string) => boolean

  /** `permits` is asked often: it must be quick. */
  constructor(base: SymbolIndex, permits: (path: string) => boolean) {
    this.#base = base
    this.#permits = permits
  }

  /** An upper bound: counting what is permitted would mean to go through all files. */
  get fileCount(): number {
    return this.#base.fileCount
  }

  /** An upper bound, as `fileCount`. */
  get symbolCount(): number {
    return this.#base.symbolCount
  }

  exact(name: string, limit: number): readonly SymbolHit[] {
    return this.#permitted(limit, most => this.#base.exact(name, most))
  }

  prefix(prefix: string, limit: number): readonly SymbolHit[] {
    return this.#permitted(limit, most => this.#base.prefix(prefix, most))
  }

  fuzzy(pattern: string, limit: number): readonly SymbolHit[] {
    return this.#permitted(limit, most => this.#base.fuzzy(pattern, most))
  }

  has(path: string): boolean {
    return this.#permits(path) && this.#base.has(path)
  }

  inFile(path: string): readonly SymbolHit[] {
    return this.#permits(path) ? this.#base.inFile(path) : []
  }

  declaredIn(path: string, name: string): readonly SymbolHit[] {
    return this.#permits(path) ? this.#base.declaredIn(path, name) : []
  }

  importsOf(path: string): readonly ImportFact[] {
    return this.#permits(path) ? this.#base.importsOf(path) : []
  }

  *paths(): Iterable<string> {
    for (const path of this.#base.paths()) if (this.#permits(path)) yield path
  }

  hashOf(path: string): string | null {
    return this.#permits(path) ? this.#base.hashOf(path) : null
  }

  linesOf(path: string): number {
    return this.#permits(path) ? this.#base.linesOf(path) : 0
  }

  isRough(path: string): boolean {
    return this.#permits(path) && this.#base.isRough(path)
  }

  holds(path: string, word: string): boolean {
    return this.#permits(path) && this.#base.holds(path, word)
  }

  filesWith(word: string, limit: number): readonly string[] {
    return this.#firstOf(
      limit,
      most => this.#base.filesWith(word, most),
      path => path,
    )
  }

  /** An upper bound, as `fileCount`. */
  filesWithCount(word: string): number {
    return this.#base.filesWithCount(word)
  }

  filesLike(words: readonly string[], limit: number, besides?: string): readonly LikeFile[] {
    return this.#firstOf(limit, most => this.#base.filesLike(words, most, besides), pathOf)
  }

  filesSharing(weights: ReadonlyMap<string, number>, limit: number, besides?: string): readonly LikeFile[] {
    return this.#firstOf(limit, most => this.#base.filesSharing(weights, most, besides), pathOf)
  }

  #permitted(limit: number, ask: (most: number) => readonly SymbolHit[]): readonly SymbolHit[] {
    return this.#firstOf(limit, ask, pathOf)
  }

  /** The first `limit` permitted answers, asking for more until there are so many or no others. */
  #firstOf<T>(
    limit: number,
    ask: (most: number) => readonly T[],
    placeOf: (answer: T) => string,
  ): readonly T[] {
    for (let most = limit; most > 0; most *= 2) {
      const answers = ask(most)
      const permitted = answers.filter(answer => this.#permits(placeOf(answer)))
      if (permitted.length >= limit || answers.length < most) return permitted.slice(0, limit)
    }
    return []
  }
}

function pathOf({ path }: { readonly path: string }): string {
  return path
}
