import { detached } from "../base/detached.ts"
import type { Interner } from "../base/interner.ts"
import { TimeSlice, yieldToLoop } from "../base/time-slice.ts"
import { type ImportFact, SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"
import { PACK_SHIFT } from "../syntax/token-pack.ts"
import type { FactStore } from "./fact-store.ts"
import type { FileTokens } from "./file-facts.ts"
import { decodeBatch, type EncodedBatch, type FileReport, type ReportBatch } from "./shard-codec.ts"

/** Where merged reports go. */
interface MergeTarget {
  readonly store: FactStore
  readonly interner: Interner
  /** Token streams of one batch; null tokens for a file that has none any more. */
  readonly onTokens: (batch: readonly FileTokens[]) => void
  /** Called for each report after its facts are in the store. */
  readonly onReport: (report: FileReport) => void
}

/** The longest stretch of merging on the main thread, ms. */
const STRETCH_MS = 4
/** Words interned between two looks at the clock. */
const WORDS_PER_LOOK = 256
/** A bit mask of what stands beside the id in a packed token. */
const PACK_REST = (1 << PACK_SHIFT) - 1

/**
 * Takes batches into the store, in the order they come, one per turn of the event loop and in short stretches.
 * Invariant: a file's facts change in one stretch, whole.
 */
export class ReportMerger {
  readonly #target: MergeTarget
  #last: Promise<void> = Promise.resolve()

  constructor(target: MergeTarget) {
    this.#target = target
  }

  /** Resolves when the batch is merged. Rejects with RangeError if it is not a batch. */
  merge(encoded: EncodedBatch): Promise<void> {
    const merged = this.#last.then(() => this.#merge(encoded))
    this.#last = merged.catch(() => {})
    return merged
  }

  async #merge(encoded: EncodedBatch): Promise<void> {
    await yieldToLoop()
    const slice = new TimeSlice(STRETCH_MS)
    const batch = decodeBatch(encoded)
    const ids = await this.#intern(batch, slice)
    const tokens: FileTokens[] = []
    for (const report of batch.reports) {
      if (slice.due()) await slice.pause()
      const replaced = await this.#take(report, ids, slice)
      if (replaced !== null) tokens.push(replaced)
      this.#target.onReport(report)
    }
    if (tokens.length > 0) {
      if (slice.due()) await slice.pause()
      // Files forgotten since their facts were taken stay so.
      this.#target.onTokens(tokens.filter(each => each.tokens === null || this.#target.store.has(each.path)))
    }
    await this.#target.store.tidy(slice)
  }

  /** Shared ids by local id. */
  async #intern({ words }: ReportBatch, slice: TimeSlice): Promise<Int32Array> {
    const { interner } = this.#target
    const ids = new Int32Array(words.length)
    for (let at = 0; at < words.length; at++) {
      ids[at] = interner.intern(words[at]!)
      if (at % WORDS_PER_LOOK === 0 && slice.due()) await slice.pause()
    }
    return ids
  }

  /** An import that keeps no batch alive. */
  #kept(fact: ImportFact): ImportFact {
    const { interner } = this.#target
    const shared = (name: string): string => interner.text(interner.intern(name))
    const names = fact.names.map(({ name, as }) => ({ name: shared(name), as: shared(as) }))
    return { ...fact, source: detached(fact.source), names }
  }

  /** Puts one report into the store; gives the tokens that replace those of the file, or null if they stay. */
  async #take(report: FileReport, ids: Int32Array, slice: TimeSlice): Promise<FileTokens | null> {
    const { path: cut, outcome, facts } = report
    const { store } = this.#target
    if (outcome === "same") return null
    const path = detached(cut)
    if (facts === null) return store.remove(path) ? { path, tokens: null } : null
    const { language, bytes, lines } = facts
    const hash = detached(facts.hash)
    const signatures = detached(facts.signatures)
    const imports = facts.imports.map(fact => this.#kept(fact))
    const words = facts.words.map(word => ids[word]!).sort()
    const symbols = facts.symbols.slice()
    for (let at = SymbolColumn.name; at < symbols.length; at += SYMBOL_STRIDE)
      symbols[at] = ids[symbols[at]!]!
    const own = { path, language, hash, bytes, lines, symbols, signatures, imports, words }
    await store.announce(own, slice)
    store.replace(own)
    const shared = facts.tokens?.map(token => (ids[token >> PACK_SHIFT]! << PACK_SHIFT) | (token & PACK_REST))
    return { path, tokens: shared ?? null }
  }
}
