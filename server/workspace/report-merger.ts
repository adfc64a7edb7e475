import { detached } from "../base/detached.ts"
import type { Interner } from "../base/interner.ts"
import { TimeSlice, yieldToLoop } from "../base/time-slice.ts"
import { PACK_SHIFT } from "../syntax/token-pack.ts"
import type { FactStore } from "./fact-store.ts"
import type { FileTokens } from "./file-facts.ts"
import { IdTable, internAll, ownFacts } from "./own-facts.ts"
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

/** The words of one dictionary of a child, so far. */
interface ChildWords {
  readonly dictionary: number
  readonly ids: IdTable
}

/** The longest stretch of merging on the main thread, ms. */
const STRETCH_MS = 4
/** A bit mask of what stands beside the id in a packed token. */
const PACK_REST = (1 << PACK_SHIFT) - 1

/**
 * Takes batches into the store, in the order they come, one per turn of the event loop and in short stretches.
 * Invariant: a file's facts change in one stretch, whole.
 */
export class ReportMerger {
  readonly #target: MergeTarget
  readonly #words = new WeakMap<object, ChildWords>()
  #last: Promise<void> = Promise.resolve()

  constructor(target: MergeTarget) {
    this.#target = target
  }

  /**
   * Resolves when the batch is merged. Rejects with RangeError if it is not a batch, or not the next one of `sender`, which
   * stands for the process that sent it.
   */
  merge(encoded: EncodedBatch, sender: object): Promise<void> {
    const merged = this.#last.then(() => this.#merge(encoded, sender))
    this.#last = merged.catch(() => {})
    return merged
  }

  async #merge(encoded: EncodedBatch, sender: object): Promise<void> {
    await yieldToLoop()
    const slice = new TimeSlice(STRETCH_MS)
    const batch = decodeBatch(encoded)
    const ids = await this.#intern(batch, sender, slice)
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

  /** The sender's dictionary as ids of the shared interner, with the words of this batch. */
  async #intern(batch: ReportBatch, sender: object, slice: TimeSlice): Promise<IdTable> {
    const { dictionary, firstWord, words } = batch
    let known = this.#words.get(sender)
    if (known?.dictionary !== dictionary) {
      known = { dictionary, ids: new IdTable() }
      this.#words.set(sender, known)
    }
    const { ids } = known
    if (ids.size !== firstWord) throw new RangeError("a batch of reports is not the next one of its sender")
    await internAll(words, ids, this.#target.interner, slice)
    return ids
  }

  /** Puts one report into the store; gives the tokens that replace those of the file, or null if they stay. */
  async #take(report: FileReport, ids: IdTable, slice: TimeSlice): Promise<FileTokens | null> {
    const { path: cut, outcome, mtimeMs, facts } = report
    const { store } = this.#target
    const path = detached(cut)
    if (outcome === "same") {
      store.retime(path, mtimeMs)
      return tokensOf(path, report.tokens, ids)
    }
    if (facts === null) return store.remove(path) ? { path, tokens: null } : null
    const words = facts.words === null ? this.#knownWords(path, facts.hash) : ids.ofAll(facts.words).sort()
    if (words === null) return null
    const own = ownFacts(facts, { path, mtimeMs, words }, ids, this.#target.interner)
    await store.announce(own, slice)
    store.replace(own)
    return tokensOf(path, report.tokens, ids)
  }

  /** The words known of a file, if they are those of the content with this hash: else the file changed or went meanwhile. */
  #knownWords(path: string, hash: string): Int32Array | null {
    const known = this.#target.store.factsOf(path)
    return known?.hash === hash ? known.words : null
  }
}

/** Reported tokens with shared ids; null if the file's stay. */
function tokensOf(path: string, tokens: Int32Array | null, ids: IdTable): FileTokens | null {
  if (tokens === null) return null
  if (tokens.length === 0) return { path, tokens: null }
  const shared = tokens.map(token => (ids.of(token >> PACK_SHIFT) << PACK_SHIFT) | (token & PACK_REST))
  return { path, tokens: shared }
}
