import type { Interner } from "../base/interner.ts"
import { type ImportFact, SYMBOL_STRIDE } from "../syntax/symbols.ts"
import type { FileFacts } from "./file-facts.ts"
import { lineStarts, rowCount, type SymbolTable } from "./symbol-table.ts"

/** Integers of one import before those of its names: start, end, length of the source, number of names twice, and `reexport`. */
const IMPORT_INTS = 4

/** What a shard takes beside its text and cells: itself, its array, three strings, and its place in the store. */
const OBJECT_BYTES = 600

/** One file's facts in little room: one array and one string. */
export class Shard implements SymbolTable {
  readonly path: string
  readonly language: string | null
  readonly hash: string
  mtimeMs: number
  readonly rough: boolean
  readonly bytes: number
  readonly lines: number
  readonly #interner: Interner
  /** One after the other: symbols, the end of each signature in `#text`, postings of each symbol, words, imports. */
  readonly #cells: Int32Array
  readonly #rows: number
  readonly #words: number
  /** Signatures as in `FileFacts`, and the sources of the imports, one after the other. */
  readonly #text: string

  /** Keeps no array or import of `facts`. Names, words and those of imports are ids of `interner`, or become it. */
  constructor(facts: FileFacts, interner: Interner) {
    const { signatures, symbols, words, imports } = facts
    this.path = facts.path
    this.language = facts.language
    this.hash = facts.hash
    this.mtimeMs = facts.mtimeMs
    this.rough = facts.rough
    this.bytes = facts.bytes
    this.lines = facts.lines
    this.#interner = interner
    this.#rows = rowCount(symbols)
    this.#words = words.length
    this.#text = imports.length === 0 ? signatures : flat(signatures, imports)
    this.#cells = new Int32Array(this.#importsFrom + importInts(imports))
    this.#cells.set(symbols)
    this.#cells.set(lineStarts(signatures, this.#rows).subarray(1), symbols.length)
    this.#cells.set(words, this.#wordsFrom)
    this.#writeImports(imports)
  }

  /** Rows of `SYMBOL_STRIDE`. */
  get symbols(): Int32Array {
    return this.#cells.subarray(0, this.#rows * SYMBOL_STRIDE)
  }

  /** Bytes of memory, about. */
  get memoryBytes(): number {
    return OBJECT_BYTES + this.path.length + this.#text.length + this.#cells.byteLength
  }

  /** How many symbols there are. */
  get rows(): number {
    return this.#rows
  }

  /** Entry of each symbol row in the postings; whoever keeps postings writes it. */
  get entries(): Int32Array {
    const from = this.#rows * (SYMBOL_STRIDE + 1)
    return this.#cells.subarray(from, from + this.#rows)
  }

  /** Ascending. */
  get words(): Int32Array {
    return this.#cells.subarray(this.#wordsFrom, this.#importsFrom)
  }

  nameOf(column: number): string {
    return this.#interner.text(column)
  }

  signatureOf(row: number): string {
    const ends = this.#rows * SYMBOL_STRIDE
    const start = row === 0 ? 0 : this.#cells[ends + row - 1]!
    return this.#text.slice(start, this.#cells[ends + row]! - 1)
  }

  /** The imports, made anew at each call. */
  imports(): readonly ImportFact[] {
    const imports: ImportFact[] = []
    let textAt = this.#signatureLength
    const cells = this.#cells
    for (let at = this.#importsFrom; at < cells.length; ) {
      const [start, end, length, more] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!]
      const source = this.#text.slice(textAt, textAt + length)
      const namesFrom = at + IMPORT_INTS
      textAt += length
      at = namesFrom + 2 * (more >> 1)
      imports.push({
        source,
        names: this.#importNames(namesFrom, at),
        start,
        end,
        reexport: (more & 1) === 1,
      })
    }
    return imports
  }

  /** Everything as it was taken in, made anew at each call. */
  facts(): FileFacts {
    const { path, language, hash, mtimeMs, rough, bytes, lines, symbols, words } = this
    const signatures = this.#text.slice(0, this.#signatureLength)
    const imports = this.imports()
    return { path, language, hash, mtimeMs, rough, bytes, lines, symbols, signatures, imports, words }
  }

  get #signatureLength(): number {
    return this.#rows === 0 ? 0 : this.#cells[this.#rows * (SYMBOL_STRIDE + 1) - 1]! - 1
  }

  get #wordsFrom(): number {
    return this.#rows * (SYMBOL_STRIDE + 2)
  }

  get #importsFrom(): number {
    return this.#wordsFrom + this.#words
  }

  #importNames(from: number, to: number): ImportFact["names"] {
    const names: ImportFact["names"][number][] = []
    for (let at = from; at < to; at += 2) {
      const [name, as] = [this.#cells[at]!, this.#cells[at + 1]!]
      names.push({ name: this.#interner.text(name), as: this.#interner.text(as) })
    }
    return names
  }

  #writeImports(imports: readonly ImportFact[]): void {
    let at = this.#importsFrom
    for (const { source, names, start, end, reexport } of imports) {
      this.#cells.set([start, end, source.length, (names.length << 1) | (reexport ? 1 : 0)], at)
      at += IMPORT_INTS
      for (const { name, as } of names) {
        this.#cells[at++] = this.#interner.intern(name)
        this.#cells[at++] = this.#interner.intern(as)
      }
    }
  }
}

function importInts(imports: readonly ImportFact[]): number {
  return imports.reduce((sum, { names }) => sum + IMPORT_INTS + 2 * names.length, 0)
}

/** The texts in one piece: joining makes it flat, so that no part of it is kept twice. */
function flat(signatures: string, imports: readonly ImportFact[]): string {
  return [signatures, ...imports.map(({ source }) => source)].join("")
}
