import { cancel } from "../../base/cancel.ts"
import { Cancelled } from "../../base/errors.ts"
import type { Interner } from "../../base/interner.ts"
import type { Log } from "../../base/log.ts"
import { QuietWork } from "../../base/quiet-work.ts"
import { TimeSlice } from "../../base/time-slice.ts"
import type { FactStore } from "../fact-store.ts"
import type { FileFacts } from "../file-facts.ts"
import type { FactsListener, IndexBuilder } from "../index-builder.ts"
import { Wants } from "../parse-messages.ts"
import { shardKey } from "./cache-manifest.ts"
import { type FactsSource, factsVersion } from "./facts-version.ts"
import { ShardCache } from "./shard-cache.ts"

/** What an index is kept with. */
interface KeptIndexOptions {
  /** Absolute folder of all cached indexes. */
  readonly folder: string
  /** Absolute roots of the workspace. */
  readonly roots: readonly string[]
  readonly source: FactsSource
  readonly interner: Interner
  readonly store: FactStore
  readonly builder: Pick<IndexBuilder, "restore" | "refine" | "idle">
  readonly log: Log
}

/** Saving begins so many ms after the last change, or after the first one not saved. */
const QUIET_MS = 5_000
const LONGEST_MS = 60_000
/** The longest stretch of work on the main thread, ms. */
const STRETCH_MS = 4

/**
 * Keeps an index on disk from one run to the next: brings it back at the start, has what changed since read again, and saves
 * it in quiet moments. An index that can't be kept is a slower start, nothing else.
 */
export class KeptIndex implements FactsListener {
  readonly #options: KeptIndexOptions
  readonly #saver: QuietWork
  readonly #stop = new AbortController()
  #cache: ShardCache | null = null
  /** Files searched but not parsed whose content the cache has. */
  #sought: string[] = []

  constructor(options: KeptIndexOptions) {
    this.#options = options
    const save = (): Promise<boolean> => this.#save()
    this.#saver = new QuietWork({ work: save, quietMs: QUIET_MS, longestMs: LONGEST_MS })
  }

  /** What it takes up on disk; 0 if nothing could be kept. */
  get bytes(): number {
    return this.#cache?.bytes ?? 0
  }

  /** Puts what was kept into the index. Never rejects; what is missing when `signal` aborts stays so. */
  async restore(signal: AbortSignal): Promise<void> {
    const { folder, roots, source, interner, store, builder, log } = this.#options
    const stop = AbortSignal.any([signal, this.#stop.signal])
    await this.#unlessBroken(async () => {
      const version = await factsVersion(source)
      const cache = await ShardCache.open({ folder, roots, version, interner, log, now: Date.now })
      const take = async (facts: FileFacts, slice: TimeSlice): Promise<void> => {
        await store.announce(facts, slice)
        builder.restore(facts)
      }
      const files = cache.takeFiles()
      await cache.load(files, take, stop)
      await store.tidy(new TimeSlice(STRETCH_MS), true)
      this.#cache = cache
      if (store.fileCount > 0) log.info(`${store.fileCount} files are known from the last time`)
      // They were too new to be told from later changes; by now they have a time that can be kept.
      if (files.some(({ mtimeMs }) => mtimeMs === 0)) this.#saver.changed()
    })
  }

  changed(path: string): void {
    this.#saver.changed()
    const content = this.#options.store.contentOf(path)
    if (!content?.rough || this.#cache?.has(content) !== true) return
    if (this.#sought.push(path) > 1) return
    // Once all is searched: then each pack is read once, however many files it helps.
    void this.#options.builder.idle(Wants.words).then(() => this.#seek())
  }

  removed(): void {
    this.#saver.changed()
  }

  /** Saves what is not saved yet, unless it can't be; never rejects. */
  saved(): Promise<void> {
    return this.#saver.done()
  }

  /** Stops restoring and saving at once; what is half done is as if it had not begun. */
  dispose(): void {
    this.#saver.end()
    cancel(this.#stop, "shutdown")
  }

  /** Has parsed facts of the files sought instead of their rough ones. */
  async #seek(): Promise<void> {
    const { store, builder } = this.#options
    const files = this.#sought.flatMap(path => {
      const content = store.contentOf(path)
      return content?.rough ? [{ path, mtimeMs: content.mtimeMs, key: shardKey(content) }] : []
    })
    this.#sought = []
    const take = async (facts: FileFacts, slice: TimeSlice): Promise<void> => {
      await store.announce(facts, slice)
      builder.refine(facts)
    }
    await this.#unlessBroken(async () => this.#cache?.load(files, take, this.#stop.signal))
  }

  async #save(): Promise<boolean> {
    const { store } = this.#options
    let saved = false
    await this.#unlessBroken(async () => {
      saved = (await this.#cache?.save([...store.paths()], store, this.#stop.signal)) ?? false
    })
    return saved
  }

  /** Runs work without which everything else goes on. */
  async #unlessBroken(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Cancelled)) this.#options.log.bug("the kept index could not be used", error)
    }
  }
}
