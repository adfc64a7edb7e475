import { Postings } from "../postings.ts"

/** Integers per link: index of the import, target id, index of the name that is the target itself or -1, and its posting. */
const LINK = 4
/** Integers per name: what it is called in the file, what it is called where it comes from, and the target. */
const NAME = 3
/** Integers per key: the key and its posting. */
const KEY = 2

/** What one import leads to. */
export interface ImportLink {
  /** Index into the imports of the file. */
  readonly fact: number
  /** Path id. */
  readonly target: number
  /** Index of the imported name that is the target itself, or -1. */
  readonly name: number
}

/** A name that a file has from elsewhere. */
export interface ImportedFrom {
  /** Id of the name as it is here. */
  readonly as: number
  /** Id of the name where it comes from. */
  readonly name: number
  /** Path id. */
  readonly target: number
}

/**
 * Where the imports of files lead, from both ends, and what the answers hang on; about 30 bytes per link, 12 per name and 24
 * per key. Files and targets are path ids.
 */
export class ImportLinks {
  readonly #links: (Int32Array | undefined)[] = []
  readonly #names: (Int32Array | undefined)[] = []
  readonly #keys: (Int32Array | undefined)[] = []
  readonly #importers = new Postings()
  readonly #asking = new Postings()

  /** Takes these for all links of a file. */
  set(
    file: number,
    links: readonly ImportLink[],
    names: readonly ImportedFrom[],
    keys: ReadonlySet<number>,
  ): void {
    this.clear(file)
    this.#links[file] = columnOf(links, LINK, ({ fact, target, name }) => [
      fact,
      target,
      name,
      this.#importers.add(target, file, 0),
    ])
    this.#names[file] = columnOf(names, NAME, ({ as, name, target }) => [as, name, target])
    this.#keys[file] = columnOf([...keys], KEY, key => [key, this.#asking.add(key, file, 0)])
  }

  /** Forgets the links of a file; those to it stay. */
  clear(file: number): void {
    const links = this.#links[file] ?? []
    for (let at = 0; at < links.length; at += LINK) this.#importers.remove(links[at + 3]!, links[at + 1]!)
    const keys = this.#keys[file] ?? []
    for (let at = 0; at < keys.length; at += KEY) this.#asking.remove(keys[at + 1]!, keys[at]!)
    this.#links[file] = undefined
    this.#names[file] = undefined
    this.#keys[file] = undefined
  }

  /** The links of a file, in the order of its imports. */
  of(file: number): readonly ImportLink[] {
    const column = this.#links[file] ?? []
    return Array.from({ length: column.length / LINK }, (_, link) => ({
      fact: column[link * LINK]!,
      target: column[link * LINK + 1]!,
      name: column[link * LINK + 2]!,
    }))
  }

  /** Where a file has the name with the id `as` from. */
  named(file: number, as: number): readonly ImportedFrom[] {
    const column = this.#names[file]
    const found: ImportedFrom[] = []
    if (column === undefined) return found
    for (let at = 0; at < column.length; at += NAME) {
      if (column[at] === as) found.push({ as, name: column[at + 1]!, target: column[at + 2]! })
    }
    return found
  }

  /** Ids of the files with a link to a target, each once, in no order. */
  importersOf(target: number): ReadonlySet<number> {
    return valuesOf(this.#importers, target)
  }

  /** Ids of the files whose links hang on a key, in no order. */
  asking(key: number): ReadonlySet<number> {
    return valuesOf(this.#asking, key)
  }
}

/** Rows of `width` integers one after the other; nothing for none. */
function columnOf<T>(
  all: readonly T[],
  width: number,
  rowOf: (each: T) => readonly number[],
): Int32Array | undefined {
  if (all.length === 0) return undefined
  const column = new Int32Array(all.length * width)
  for (const [row, each] of all.entries()) column.set(rowOf(each), row * width)
  return column
}

function valuesOf(postings: Postings, key: number): ReadonlySet<number> {
  const values = new Set<number>()
  postings.each(key, value => {
    values.add(value)
    return true
  })
  return values
}
