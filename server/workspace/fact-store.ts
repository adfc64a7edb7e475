import type { Interner } from "../base/interner.ts"
import { Memo } from "../base/memo.ts"
import type { TimeSlice } from "../base/time-slice.ts"
import { widened } from "../base/widened.ts"
import { type ImportFact, SymbolColumn } from "../syntax/symbols.ts"
import { BestOf, byText } from "./best-of.ts"
import type { FileContent, FileFacts, LikeFile, SymbolHit, SymbolIndex } from "./file-facts.ts"
import { fuzzyScore } from "./fuzzy-score.ts"
import { KnownContents } from "./known-contents.ts"
import { Postings } from "./postings.ts"
import { rareWords } from "./rare-words.ts"
import { Shard } from "./shard.ts"
import { SortedNames } from "./sorted-names.ts"
import { cell, rowCount, symbolHit } from "./symbol-table.ts"
import { WordFiles } from "./word-files.ts"

/** Declarations of one name that are ranked; names with more are too common for the rest to matter. */
const RANKED = 256
/** Files of one word that are put in order of their paths; words in more are too common for it to matter which are given. */
const ORDERED = 2048

/** Names whose few declarations are kept; at some 500 bytes each. */
const RARE_KEPT = 4096

/** A posting, and the share of a name sorted in. */
const BYTES_PER_SYMBOL = 36

/** Names sorted in or out between two looks at the clock. */
const NAMES_PER_LOOK = 64

/**
 * The facts of all files on disk.
 * Invariant: a file's facts are replaced whole; every answer is of the facts as they stand at the call.
 */
export class FactStore implements SymbolIndex {
  readonly #interner: Interner
  readonly #ids = new Map<string, number>()
  /** By shard id; null once replaced or removed. */
  readonly #shards: (Shard | null)[] = []
  readonly #freeIds: number[] = []
  readonly #postings = new Postings()
  readonly #wordFiles = new WordFiles(id => this.#shards[id]?.words ?? null)
  readonly #contents = new KnownContents<Shard>()
  /** At least every name that is declared. Sorting names in and out is what costs time, so it is done apart, in slices. */
  readonly #names = new SortedNames()
  /** By name id, 1 if it is in `#names`. */
  #listed = new Uint8Array(1024)
  /** Names of which nothing was left when a file was removed. */
  #orphans: number[] = []
  /** Answers of `rare` for `#mostRare`, as long as no file changes: much the same is asked for at every keystroke. */
  readonly #rare = new Memo<string, readonly SymbolHit[] | null>(RARE_KEPT)
  #mostRare = 0
  #symbolCount = 0
  #lineCount = 0
  #byteCount = 0
  #shardBytes = 0

  /** Names and words of all facts are ids of `interner`. */
  constructor(interner: Interner) {
    this.#interner = interner
  }

  get fileCount(): number {
    return this.#ids.size
  }

  get symbolCount(): number {
    return this.#symbolCount
  }

  /** Lines of all files. */
  get lineCount(): number {
    return this.#lineCount
  }

  /** Bytes of all files on disk. */
  get byteCount(): number {
    return this.#byteCount
  }

  /** Bytes of memory for all of this and for the words, about. */
  get memoryBytes(): number {
    return this.#shardBytes + this.#symbolCount * BYTES_PER_SYMBOL + this.#interner.memoryBytes
  }

  paths(): Iterable<string> {
    return this.#ids.keys()
  }

  has(path: string): boolean {
    return this.#ids.has(path)
  }

  /** What is known of a file, or null. */
  factsOf(path: string): FileFacts | null {
    return this.#shardOf(path)?.facts() ?? null
  }

  /** Which content of a file is known, or null; costs nothing, other than `factsOf`. Good until the next change. */
  contentOf(path: string): FileContent | null {
    return this.#shardOf(path)
  }

  /** Readies the names of facts to come, in slices: then `replace` is quick, however much they declare. */
  async announce(facts: FileFacts, slice: TimeSlice): Promise<void> {
    for (let row = 0; row < rowCount(facts.symbols); row++) {
      if (row % NAMES_PER_LOOK === 0 && slice.due()) await slice.pause()
      this.#list(cell(facts.symbols, row, SymbolColumn.name))
    }
  }

  /**
   * Lets names go that nothing declares any more, and puts words in order, in slices; in a `quiet` moment all that is left
   * to do. Only memory and speed depend on it, never an answer.
   */
  async tidy(slice: TimeSlice, quiet = false): Promise<void> {
    if (quiet) this.#contents.forgetGone()
    await this.#wordFiles.merge(slice, quiet)
    for (let name = this.#orphans.pop(); name !== undefined; name = this.#orphans.pop()) {
      if (this.#postings.has(name) || this.#listed[name] !== 1) continue
      this.#listed[name] = 0
      this.#names.remove(this.#interner.text(name))
      if (this.#orphans.length % NAMES_PER_LOOK === 0 && slice.due()) await slice.pause()
    }
  }

  /** Takes these facts for all there is to know of their file. */
  replace(facts: FileFacts): void {
    const before = this.#shardOf(facts.path)
    // Parsing a file that was scanned brings the same words: what is known of them stays in order then.
    const keepsWords = before !== null && haveSame(before.words, facts.words)
    if (before !== null) this.#takeOut(before, keepsWords)
    // Of a file that was there, the id that it had.
    const id = this.#freeIds.pop() ?? this.#shards.length
    const shard = new Shard(facts, this.#interner)
    const { entries, symbols } = shard
    for (let row = 0; row < entries.length; row++) {
      const name = cell(symbols, row, SymbolColumn.name)
      this.#list(name)
      entries[row] = this.#postings.add(name, id, row)
    }
    this.#ids.set(facts.path, id)
    this.#shards[id] = shard
    if (!keepsWords) this.#wordFiles.add(id, facts.words)
    this.#contents.add(shard)
    this.#count(shard, 1)
  }

  /**
   * Gives a file the facts of another with the same content, there or just gone, instead of its own rough ones; false if no
   * such file was parsed.
   */
  takeOver(path: string): boolean {
    const own = this.#shardOf(path)
    const known = own && this.#contents.find(own)
    if (!own || !known) return false
    this.replace({ ...known.facts(), path, mtimeMs: own.mtimeMs })
    return true
  }

  /** Takes note that a file was found at this time as it was known already. */
  retime(path: string, mtimeMs: number): void {
    const shard = this.#shardOf(path)
    if (shard !== null) shard.mtimeMs = mtimeMs
  }

  /** Forgets a file; false if nothing was known of it. */
  remove(path: string): boolean {
    const shard = this.#shardOf(path)
    if (shard === null) return false
    this.#takeOut(shard, false)
    return true
  }

  exact(name: string, limit: number): readonly SymbolHit[] {
    const id = this.#interner.find(name)
    return id === -1 ? [] : this.#bestOf(id, limit)
  }

  rare(name: string, most: number): readonly SymbolHit[] | null {
    if (most !== this.#mostRare) this.#rare.forget()
    this.#mostRare = most
    return this.#rare.of(name, () => this.#allOf(this.#interner.find(name), most))
  }

  prefix(prefix: string, limit: number): readonly SymbolHit[] {
    const hits: SymbolHit[] = []
    if (limit <= 0) return hits
    for (const name of this.#names.startingWith(prefix)) {
      hits.push(...this.#bestOf(name, 1))
      if (hits.length >= limit) break
    }
    return hits
  }

  fuzzy(pattern: string, limit: number): readonly SymbolHit[] {
    const best = new BestOf<number>(limit)
    this.#names.matching(pattern, (text, id) => {
      const score = this.#postings.has(id) ? fuzzyScore(pattern, text) : null
      if (score !== null) best.show(id, score)
      return best.floor
    })
    return best.list().flatMap(name => this.#bestOf(name, 1))
  }

  inFile(path: string): readonly SymbolHit[] {
    const shard = this.#shardOf(path)
    return Array.from({ length: shard?.rows ?? 0 }, (_, row) => symbolHit(shard!, row))
  }

  declaredIn(path: string, name: string): readonly SymbolHit[] {
    const shard = this.#shardOf(path)
    const id = this.#interner.find(name)
    const hits: SymbolHit[] = []
    if (shard === null || id === -1) return hits
    const { symbols, rows } = shard
    for (let row = 0; row < rows; row++) {
      if (cell(symbols, row, SymbolColumn.name) === id) hits.push(symbolHit(shard, row))
    }
    return hits
  }

  importsOf(path: string): readonly ImportFact[] {
    return this.#shardOf(path)?.imports() ?? []
  }

  hashOf(path: string): string | null {
    return this.#shardOf(path)?.hash ?? null
  }

  linesOf(path: string): number {
    return this.#shardOf(path)?.lines ?? 0
  }

  isRough(path: string): boolean {
    return this.#shardOf(path)?.rough ?? false
  }

  holds(path: string, word: string): boolean {
    const id = this.#ids.get(path)
    const wordId = this.#interner.find(word)
    return id !== undefined && wordId !== -1 && this.#wordFiles.holds(id, wordId)
  }

  filesWith(word: string, limit: number): readonly string[] {
    const paths: string[] = []
    this.#wordFiles.each(this.#interner.find(word), shard => {
      paths.push(this.#shards[shard]!.path)
      return paths.length < ORDERED
    })
    return paths.sort(byText).slice(0, Math.max(0, limit))
  }

  filesWithCount(word: string): number {
    return this.#wordFiles.countOf(this.#interner.find(word))
  }

  filesLike(words: readonly string[], limit: number, besides?: string): readonly LikeFile[] {
    return this.filesSharing(rareWords(words, this), limit, besides)
  }

  filesSharing(weights: ReadonlyMap<string, number>, limit: number, besides?: string): readonly LikeFile[] {
    const best = new BestOf<string>(limit, byText)
    const byId = new Map([...weights].map(([word, weight]) => [this.#interner.find(word), weight]))
    const sums = this.#wordFiles.sums(byId)
    let least = Number.MIN_VALUE
    const shards = this.#shards
    for (let id = 0; id < shards.length; id++) {
      const score = sums[id]!
      if (score < least || shards[id]!.path === besides) continue
      best.show(shards[id]!.path, score)
      least = Math.max(least, best.floor)
    }
    return best.scored().map(({ thing: path, score }) => ({ path, score }))
  }

  /** Declarations of a name by path and place; null if there are more than `most`. */
  #allOf(name: number, most: number): readonly SymbolHit[] | null {
    const rows: { readonly shard: Shard; readonly row: number }[] = []
    this.#postings.each(name, (id, row) => {
      rows.push({ shard: this.#shards[id]!, row })
      return rows.length <= most
    })
    if (rows.length > most) return null
    const hits = rows.map(({ shard, row }) => symbolHit(shard, row))
    return hits.sort((a, b) => byText(a.path, b.path) || a.nameStart - b.nameStart)
  }

  /** Declarations of a name: exported ones first, then by path and place. */
  #bestOf(name: number, limit: number): SymbolHit[] {
    const found: { shard: Shard; row: number; exported: number }[] = []
    this.#postings.each(name, (id, row) => {
      const shard = this.#shards[id]!
      found.push({ shard, row, exported: cell(shard.symbols, row, SymbolColumn.exported) })
      return found.length < RANKED
    })
    found.sort((a, b) => b.exported - a.exported || byText(a.shard.path, b.shard.path) || a.row - b.row)
    return found.slice(0, Math.max(0, limit)).map(({ shard, row }) => symbolHit(shard, row))
  }

  /** Forgets a shard, whose id is the next to be given; its words only if they do not come back with it. */
  #takeOut(shard: Shard, keepsWords: boolean): void {
    const { path, symbols } = shard
    const id = this.#ids.get(path)!
    shard.entries.forEach((entry, row) => {
      const name = cell(symbols, row, SymbolColumn.name)
      this.#postings.remove(entry, name)
      if (!this.#postings.has(name)) this.#orphans.push(name)
    })
    this.#ids.delete(path)
    this.#shards[id] = null
    this.#freeIds.push(id)
    if (!keepsWords) this.#wordFiles.remove(id, shard.words)
    this.#contents.remove(shard)
    this.#count(shard, -1)
  }

  #list(name: number): void {
    if (this.#listed[name] === 1) return
    this.#listed = widened(this.#listed, name + 1)
    this.#listed[name] = 1
    this.#names.add(this.#interner.text(name), name)
  }

  #shardOf(path: string): Shard | null {
    const id = this.#ids.get(path)
    return id === undefined ? null : (this.#shards[id] ?? null)
  }

  #count(shard: Shard, sign: 1 | -1): void {
    this.#rare.forget()
    this.#symbolCount += sign * shard.rows
    this.#lineCount += sign * shard.lines
    this.#byteCount += sign * shard.bytes
    this.#shardBytes += sign * shard.memoryBytes
  }
}

/** Whether two columns hold the same values in the same order. */
function haveSame(some: Int32Array, others: Int32Array): boolean {
  if (some.length !== others.length) return false
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false
  return true
}
