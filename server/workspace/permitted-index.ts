import type { ImportFact } from "../syntax/symbols.ts"
import type { LikeFile, SymbolHit, SymbolIndex } from "./file-facts.ts"

/**
 * An index without the files that may not be told of. Of files that only `others` knows it tells where they are asked for
 * by their paths.
 * Invariant: nothing that stands in a file that may not be told of is ever given, not even that it is there.
 */
export class PermittedIndex implements SymbolIndex {
  readonly #base: SymbolIndex
  readonly #permits: (path: string) => boolean
  readonly #others: (path: string) => SymbolIndex

  /** `permits` is asked often: it must be quick. `others` gives the index of a file that `base` does not know. */
  constructor(
    base: SymbolIndex,
    permits: (path: string) => boolean,
    others: (path: string) => SymbolIndex = () => base,
  ) {
    this.#base = base
    this.#permits = permits
    this.#others = others
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

  rare(name: string, most: number): readonly SymbolHit[] | null {
    const hits = this.#base.rare(name, most)
    // Mostly all are permitted; this is asked hundreds of times at every keystroke.
    if (hits === null || hits.every(({ path }) => this.#permits(path))) return hits
    return hits.filter(({ path }) => this.#permits(path))
  }

  prefix(prefix: string, limit: number): readonly SymbolHit[] {
    return this.#permitted(limit, most => this.#base.prefix(prefix, most))
  }

  fuzzy(pattern: string, limit: number): readonly SymbolHit[] {
    return this.#permitted(limit, most => this.#base.fuzzy(pattern, most))
  }

  has(path: string): boolean {
    return this.#indexOf(path)?.has(path) ?? false
  }

  inFile(path: string): readonly SymbolHit[] {
    return this.#indexOf(path)?.inFile(path) ?? []
  }

  declaredIn(path: string, name: string): readonly SymbolHit[] {
    return this.#indexOf(path)?.declaredIn(path, name) ?? []
  }

  importsOf(path: string): readonly ImportFact[] {
    return this.#indexOf(path)?.importsOf(path) ?? []
  }

  *paths(): Iterable<string> {
    for (const path of this.#base.paths()) if (this.#permits(path)) yield path
  }

  hashOf(path: string): string | null {
    return this.#indexOf(path)?.hashOf(path) ?? null
  }

  linesOf(path: string): number {
    return this.#indexOf(path)?.linesOf(path) ?? 0
  }

  isRough(path: string): boolean {
    return this.#indexOf(path)?.isRough(path) ?? false
  }

  holds(path: string, word: string): boolean {
    return this.#indexOf(path)?.holds(path, word) ?? false
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

  /** The index that knows a file, or null if it may not be told of. */
  #indexOf(path: string): SymbolIndex | null {
    if (!this.#permits(path)) return null
    return this.#base.has(path) ? this.#base : this.#others(path)
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
