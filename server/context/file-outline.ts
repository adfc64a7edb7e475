import type { SymbolHit, SymbolIndex } from "../workspace/file-facts.ts"

/** The declarations of one file and how they nest. */
export class FileOutline {
  readonly path: string
  /** In document order. */
  readonly symbols: readonly SymbolHit[]
  /** For each symbol the row of the one it stands in, or -1. */
  readonly containers: Int32Array
  readonly #topByName = new Map<string, number[]>()
  readonly #members = new Map<number, number[]>()
  readonly #byPlace = new Map<number, number>()

  constructor(path: string, symbols: readonly SymbolHit[]) {
    this.path = path
    this.symbols = symbols
    this.containers = containersOf(symbols)
    symbols.forEach(({ name, nameStart }, row) => {
      this.#byPlace.set(nameStart, row)
      const container = this.containers[row]!
      if (container === -1) {
        listed(this.#topByName, name).push(row)
      } else listed(this.#members, container).push(row)
    })
  }

  /** Row of the first declaration of a name at the top level, or -1. */
  top(name: string): number {
    return this.#topByName.get(name)?.[0] ?? -1
  }

  /** Rows of all declarations of a name at the top level. */
  tops(name: string): readonly number[] {
    return this.#topByName.get(name) ?? []
  }

  /** Rows of what is declared directly in a declaration. */
  membersOf(row: number): readonly number[] {
    return this.#members.get(row) ?? []
  }

  /** Row of the declaration whose name is at an offset, or -1. */
  rowAt(nameStart: number): number {
    return this.#byPlace.get(nameStart) ?? -1
  }
}

/** The list under a key, put there now if there is none. */
function listed<K>(lists: Map<K, number[]>, key: K): number[] {
  let list = lists.get(key)
  if (list === undefined) {
    list = []
    lists.set(key, list)
  }
  return list
}

/** By the ranges; a member that stands outside of its owner (a Go method) by the owner's name. */
function containersOf(symbols: readonly SymbolHit[]): Int32Array {
  const containers = new Int32Array(symbols.length).fill(-1)
  const around: number[] = []
  const owners = new Map<string, number>()
  symbols.forEach(({ name, container }, row) => {
    if (container === null && !owners.has(name)) owners.set(name, row)
  })
  symbols.forEach(({ container, end }, row) => {
    while (around.length > 0 && symbols[around.at(-1)!]!.end < end) around.pop()
    if (container !== null) {
      const innermost = around.findLast(each => symbols[each]!.name === container)
      containers[row] = innermost ?? owners.get(container) ?? -1
    }
    around.push(row)
  })
  return containers
}

/** Symbols kept in all outlines together. */
const MAX_SYMBOLS = 40_000

/** An outline and what it was made from: the same content is known roughly first, and parsed later. */
interface KeptOutline {
  readonly hash: string | null
  readonly isRough: boolean
  readonly outline: FileOutline
}

/** Outlines of the files asked for last: memory only, never a difference to an answer. */
export class Outlines {
  readonly #kept = new Map<string, KeptOutline>()
  #symbols = 0

  /** The outline of a file as the index has it. */
  of(index: SymbolIndex, path: string): FileOutline {
    const hash = index.hashOf(path)
    const isRough = index.isRough(path)
    const known = this.#kept.get(path)
    if (known !== undefined) this.#drop(path)
    const holds = known !== undefined && hash !== null && known.hash === hash && known.isRough === isRough
    const outline = holds ? known.outline : new FileOutline(path, index.inFile(path))
    return this.#keep(path, { hash, isRough, outline })
  }

  #keep(path: string, kept: KeptOutline): FileOutline {
    const { outline } = kept
    this.#symbols += outline.symbols.length
    for (const oldest of this.#kept.keys()) {
      if (this.#symbols <= MAX_SYMBOLS) break
      this.#drop(oldest)
    }
    this.#kept.set(path, kept)
    return outline
  }

  #drop(path: string): void {
    this.#symbols -= this.#kept.get(path)?.outline.symbols.length ?? 0
    this.#kept.delete(path)
  }
}
