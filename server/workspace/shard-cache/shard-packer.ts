import type { Interner } from "../../base/interner.ts"
import type { TimeSlice } from "../../base/time-slice.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../syntax/symbols.ts"
import type { FileFacts } from "../file-facts.ts"
import { IdTable, internAll, ownFacts } from "../own-facts.ts"
import {
  decodeBatch,
  type EncodedBatch,
  encodeBatch,
  type FileReport,
  type ReportBatch,
} from "../shard-codec.ts"
import { shardKey } from "./cache-manifest.ts"

/** Shards for one pack: with a dictionary of their own, and without their paths. */
export class ShardPacker {
  readonly #interner: Interner
  /** Own ids by shared ids. */
  readonly #ids = new Map<number, number>()
  readonly #words: string[] = []
  readonly #reports: FileReport[] = []
  readonly #keys = new Set<string>()
  #size = 0

  constructor(interner: Interner) {
    this.#interner = interner
  }

  /** Of the shards added. */
  get keys(): ReadonlySet<string> {
    return this.#keys
  }

  /** About how many bytes the pack will have. */
  get size(): number {
    return this.#size
  }

  /** Adds the shard of facts whose key is not there yet. */
  add(facts: FileFacts): void {
    const symbols = facts.symbols.slice()
    for (let at = SymbolColumn.name; at < symbols.length; at += SYMBOL_STRIDE)
      symbols[at] = this.#own(symbols[at]!)
    const words = facts.words.map(word => this.#own(word))
    const { language, hash, rough, bytes, lines, signatures, imports } = facts
    const own = { language, hash, rough, bytes, lines, symbols, signatures, imports, words }
    this.#reports.push({ path: "", outcome: "facts", mtimeMs: 0, facts: own, tokens: null })
    this.#keys.add(shardKey(facts))
    this.#size += 4 * (symbols.length + words.length) + signatures.length + 64 * (1 + imports.length)
  }

  /** All that was added. */
  encode(): EncodedBatch {
    return encodeBatch({ dictionary: 0, firstWord: 0, words: this.#words, reports: this.#reports })
  }

  #own(shared: number): number {
    const known = this.#ids.get(shared)
    if (known !== undefined) return known
    const id = this.#words.length
    const word = this.#interner.text(shared)
    this.#ids.set(shared, id)
    this.#words.push(word)
    this.#size += word.length + 4
    return id
  }
}

/** The shards of a pack, for the files that have them. */
export class UnpackedShards {
  readonly #interner: Interner
  readonly #batch: ReportBatch
  readonly #ids = new IdTable()
  readonly #reports = new Map<string, FileReport>()

  private constructor(batch: ReportBatch, interner: Interner) {
    this.#batch = batch
    this.#interner = interner
    for (const report of batch.reports) {
      if (report.facts !== null) this.#reports.set(shardKey(report.facts), report)
    }
  }

  /** What a packer's `encode` gave. Rejects with RangeError if it is not that. */
  static async open(encoded: EncodedBatch, interner: Interner, slice: TimeSlice): Promise<UnpackedShards> {
    const shards = new UnpackedShards(decodeBatch(encoded), interner)
    await internAll(shards.#batch.words, shards.#ids, interner, slice)
    return shards
  }

  /** The facts of a file whose content has this key; null if the pack does not hold it. Throws RangeError as `open` does. */
  factsFor(file: {
    readonly path: string
    readonly mtimeMs: number
    readonly key: string
  }): FileFacts | null {
    const facts = this.#reports.get(file.key)?.facts ?? null
    if (facts === null || facts.words === null) return null
    const words = this.#ids.ofAll(facts.words).sort()
    return ownFacts(facts, { path: file.path, mtimeMs: file.mtimeMs, words }, this.#ids, this.#interner)
  }
}
