import type { Interner } from "../../base/interner.ts"
import { FactStore } from "../fact-store.ts"
import type { SymbolIndex } from "../file-facts.ts"
import { type ReadTask, Wants } from "../parse-messages.ts"
import { ParsePool, type ParsePoolOptions } from "../parse-pool.ts"
import { ReportMerger } from "../report-merger.ts"
import type { FileReport } from "../shard-codec.ts"

/** How files are read, and who is told. */
export interface InstalledFilesOptions {
  readonly interner: Interner
  readonly reading: Pick<ParsePoolOptions, "entry" | "setup" | "silenceMs" | "log">
  /** The facts of a file are known, or other than before. */
  readonly onChanged: (path: string) => void
  /** A file is not known any more. */
  readonly onRemoved: (path: string) => void
}

/** A process without work for so many ms is let go: what is installed seldom changes. */
const IDLE_MS = 2000
/** Once so many bytes are known, files that are not are left unread. */
const MAX_BYTES = 8 * 1024 * 1024
const PARTS = Wants.words | Wants.facts

/**
 * What files of installed packages declare and import, read in one process of their own. They are no files of the project:
 * nothing is learnt from them, and they are found only by who imports them.
 */
export class InstalledFiles {
  readonly #options: InstalledFilesOptions
  readonly #store: FactStore
  readonly #pool: ParsePool
  /** Files that should be known. */
  readonly #wanted = new Set<string>()
  readonly #waiting = new Set<string>()
  readonly #reading = new Set<string>()
  #waiters: (() => void)[] = []
  #disposed = false

  constructor(options: InstalledFilesOptions) {
    const { interner, reading } = options
    this.#options = options
    this.#store = new FactStore(interner)
    const merger = new ReportMerger({
      store: this.#store,
      interner,
      onTokens: () => {},
      onReport: report => this.#settle(report),
    })
    this.#pool = new ParsePool({
      ...reading,
      children: 1,
      idleMs: IDLE_MS,
      take: most => this.#take(most),
      onBatch: (batch, sender) => merger.merge(batch, sender),
      onLost: path => this.#end(path),
    })
  }

  /** What is known so far. */
  get index(): SymbolIndex {
    return this.#store
  }

  /** Has files read, the first ones first, also those that are known. */
  read(paths: readonly string[]): void {
    if (this.#disposed) return
    for (const path of paths) {
      this.#wanted.add(path)
      this.#waiting.add(path)
    }
    if (paths.length > 0) this.#pool.wake()
  }

  /** Forgets files. */
  drop(paths: readonly string[]): void {
    for (const path of paths) {
      this.#wanted.delete(path)
      this.#waiting.delete(path)
      this.#forget(path)
    }
    this.#wakeIfIdle()
  }

  /** Resolves once nothing is left to read. */
  idle(): Promise<void> {
    return this.#isIdle() ? Promise.resolve() : new Promise(resolve => this.#waiters.push(resolve))
  }

  /** Stops reading; resolves when no process is left, after at most about 300 ms. */
  async dispose(): Promise<void> {
    this.#disposed = true
    this.#waiting.clear()
    this.#reading.clear()
    this.#wakeIfIdle()
    await this.#pool.dispose()
  }

  #take(most: number): readonly ReadTask[] {
    if (this.#store.byteCount >= MAX_BYTES) {
      for (const path of this.#waiting) if (!this.#store.has(path)) this.#waiting.delete(path)
      this.#wakeIfIdle()
    }
    const paths = [...this.#waiting].filter(path => !this.#reading.has(path)).slice(0, most)
    return paths.map(path => {
      this.#waiting.delete(path)
      this.#reading.add(path)
      return { path, hash: this.#store.hashOf(path) ?? "", wants: 0, anew: PARTS }
    })
  }

  #settle({ path, outcome, facts }: FileReport): void {
    if (facts === null && outcome !== "same") this.#options.onRemoved(path)
    else if (!this.#wanted.has(path)) this.#forget(path)
    else if (outcome !== "same") this.#options.onChanged(path)
    this.#end(path)
  }

  #forget(path: string): void {
    if (this.#store.remove(path)) this.#options.onRemoved(path)
  }

  #end(path: string): void {
    this.#reading.delete(path)
    this.#wakeIfIdle()
  }

  #isIdle(): boolean {
    return this.#waiting.size + this.#reading.size === 0
  }

  #wakeIfIdle(): void {
    if (!this.#isIdle()) return
    const waiters = this.#waiters
    this.#waiters = []
    for (const wake of waiters) wake()
  }
}
