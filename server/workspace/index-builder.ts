import { dirname } from "node:path"
import { detached } from "../base/detached.ts"
import type { Interner } from "../base/interner.ts"
import type { Log } from "../base/log.ts"
import { TimeSlice } from "../base/time-slice.ts"
import type { Languages } from "../syntax/languages.ts"
import type { FactStore } from "./fact-store.ts"
import type { FileFacts, FileTokens } from "./file-facts.ts"
import { type ReadTask, Wants } from "./parse-messages.ts"
import { ParsePool, type ParsePoolOptions } from "./parse-pool.ts"
import { ParseQueue, type ReadResult } from "./parse-queue.ts"
import { ReportMerger } from "./report-merger.ts"
import type { EncodedBatch, FileReport } from "./shard-codec.ts"

/** Is told of each file whose facts changed, right after they did. Must return within a fraction of a ms. */
export interface FactsListener {
  changed(path: string): void
  removed(path: string): void
}

/** How files are read, and who is told of what was found. */
interface IndexBuilderOptions {
  readonly store: FactStore
  readonly interner: Interner
  readonly languages: Languages
  readonly grammarFolders: readonly string[]
  readonly childEntry: string
  readonly children: number
  readonly silenceMs: number
  readonly idleMs: number
  readonly log: Log
  readonly onTokens: (batch: readonly FileTokens[]) => void
  /** Whether there is memory for tokens of further files: of any, or of such as are near to an open one. */
  readonly mayLearn: (near: boolean) => boolean
  /** A path turned out to be a folder. */
  readonly onFolder: (path: string) => void
  /** Called after each batch that was taken in. */
  readonly onProgress: () => void
  /** What reads the files; child processes if left out. */
  readonly createPool?: (options: ParsePoolOptions) => FilePool
}

/** Reads files when there is work. */
type FilePool = Pick<ParsePool, "wake" | "dispose">

/** The longest stretch of tidying on the main thread, ms. */
const STRETCH_MS = 4
/** Files forgotten or queued between two looks at the clock. */
const FILES_PER_LOOK = 16

/** Has files read in child processes, and keeps in the store what is found. */
export class IndexBuilder {
  readonly #options: IndexBuilderOptions
  readonly #queue = new ParseQueue()
  readonly #merger: ReportMerger
  readonly #pool: FilePool
  readonly #listeners = new Set<FactsListener>()
  /** Files that turned out not to be the project's while they were being read. */
  readonly #unwanted = new Set<string>()
  /** Files whose tokens were never asked for, because there is no memory for them. */
  readonly #unlearnt = new Set<string>()
  #toldOfUnlearnt = false
  #parsed = 0
  #disposed = false

  constructor(options: IndexBuilderOptions) {
    const { store, interner, onTokens, languages, grammarFolders } = options
    this.#options = options
    this.#merger = new ReportMerger({
      store,
      interner,
      onTokens,
      onReport: report => this.#settle(report),
    })
    const createPool = options.createPool ?? (given => new ParsePool(given))
    this.#pool = createPool({
      entry: options.childEntry,
      setup: { kind: "setup", languages: languages.all(), grammarFolders },
      children: options.children,
      silenceMs: options.silenceMs,
      idleMs: options.idleMs,
      log: options.log,
      take: most => this.#take(most),
      onBatch: (batch, sender) => this.#merge(batch, sender),
      onLost: path => this.#lose(path),
    })
  }

  /** Files parsed or left out since the start. */
  get parsed(): number {
    return this.#parsed
  }

  /** Files that are not parsed yet. */
  get unparsed(): number {
    return this.#queue.missing(Wants.facts)
  }

  /** Files that completions learn nothing from, because there is no memory for it. */
  get unlearnt(): number {
    return this.#unlearnt.size
  }

  /** Tells `listener` of all later changes of facts. */
  listen(listener: FactsListener): void {
    this.#listeners.add(listener)
  }

  /** Has files read that are new or may have changed; the `urgent` ones soon. */
  async add(paths: readonly string[], urgent: boolean): Promise<void> {
    const slice = new TimeSlice(STRETCH_MS)
    for (let at = 0; at < paths.length; at += FILES_PER_LOOK) {
      if (slice.due()) {
        this.#pool.wake()
        await slice.pause()
      }
      this.#enqueue(paths.slice(at, at + FILES_PER_LOOK), urgent)
    }
    // Not after each few: the queue must see how many there are to have all of them searched before any is parsed.
    this.#pool.wake()
  }

  /** As `add`, for the files of one folder, at once. */
  addFew(paths: readonly string[], urgent: boolean): void {
    this.#enqueue(paths, urgent)
    this.#pool.wake()
  }

  /**
   * Takes in parsed facts that were kept from an earlier run, at once; they are not taken for a file that was read meanwhile.
   * Nothing else is done with them before `restored`.
   */
  restore(facts: FileFacts): void {
    const { store } = this.#options
    if (this.#disposed || store.has(facts.path)) return
    store.replace(facts)
    this.#queue.addKnown([facts.path], Wants.tokens)
  }

  /** Ends restoring: tells the listeners of all facts there are, in slices. */
  async restored(): Promise<void> {
    const slice = new TimeSlice(STRETCH_MS)
    for (const path of [...this.#options.store.paths()]) {
      if (slice.due()) await slice.pause()
      for (const listener of this.#listeners) listener.changed(path)
    }
  }

  /** Has what is missing of restored facts read. */
  resume(): void {
    if (!this.#disposed) this.#pool.wake()
  }

  /** Takes in parsed facts from an earlier run for a file of which rough ones of the same content are known. */
  refine(facts: FileFacts): void {
    const { store } = this.#options
    const own = store.factsOf(facts.path)
    if (this.#disposed || !own?.rough || own.hash !== facts.hash) return
    store.replace(facts)
    for (const listener of this.#listeners) listener.changed(facts.path)
    const before = this.unparsed
    this.#queue.found(facts.path, Wants.facts)
    this.#parsed += before - this.unparsed
  }

  /** Has a file that was opened and those beside it read before others. */
  prefer(path: string): void {
    this.#queue.prefer(path)
    if (this.#unlearnt.size === 0 || !this.#options.mayLearn(true)) return
    const folder = dirname(path)
    const near = [...this.#unlearnt].filter(other => other.startsWith(folder) && dirname(other) === folder)
    for (const other of near) this.#unlearnt.delete(other)
    this.#queue.addKnown(near, Wants.tokens)
    this.#pool.wake()
  }

  /** Has these files read before most, because open files import them. */
  preferImports(paths: Iterable<string>): void {
    this.#queue.preferImports(paths)
  }

  /** Drops files that are not the project's any more. */
  async remove(paths: readonly string[]): Promise<void> {
    for (const path of this.#queue.withdraw(paths)) this.#unwanted.add(path)
    const slice = new TimeSlice(STRETCH_MS)
    for (let at = 0; at < paths.length; at += FILES_PER_LOOK) {
      if (slice.due()) await slice.pause()
      this.#forget(paths.slice(at, at + FILES_PER_LOOK))
    }
    await this.#options.store.tidy(slice)
  }

  /** Every path that waits or is being read. */
  waiting(): readonly string[] {
    return this.#queue.paths()
  }

  /** Every path that is being read. */
  reading(): readonly string[] {
    return this.#queue.reading()
  }

  /** Resolves once nothing is left to read; or, if a bit of `Wants` is given, once that part of every file is known. */
  idle(part?: number): Promise<void> {
    return this.#queue.idle(part)
  }

  /** Stops reading; resolves when no process is left, after at most about 300 ms. */
  async dispose(): Promise<void> {
    this.#disposed = true
    this.#queue.clear()
    await this.#pool.dispose()
  }

  #enqueue(paths: readonly string[], urgent: boolean): void {
    if (this.#disposed) return
    const { store } = this.#options
    for (const path of paths) this.#unwanted.delete(path)
    const known = paths.filter(path => store.has(path))
    this.#queue.add(known, urgent, 0)
    this.#queue.add(known.length === 0 ? paths : paths.filter(path => !store.has(path)), urgent)
  }

  #take(most: number): readonly ReadTask[] {
    const { store } = this.#options
    return this.#queue.take(most).map(task => ({ ...task, hash: store.hashOf(task.path) ?? "" }))
  }

  async #merge(batch: EncodedBatch, sender: object): Promise<void> {
    await this.#merger.merge(batch, sender)
    if (this.#queue.missing(Wants.tokens) > 0 && !this.#options.mayLearn(false)) this.#giveUpLearning()
    if (this.#queue.size === 0) {
      this.#tellOfUnlearnt()
      await this.#options.store.tidy(new TimeSlice(STRETCH_MS), true)
    }
    this.#options.onProgress()
  }

  /** Has the files left out that are not learnt yet; what was learnt of them before is another content by now. */
  #giveUpLearning(): void {
    const given = this.#queue.giveUpLearning()
    if (given.length === 0) return
    for (const path of given) this.#unlearnt.add(path)
    this.#options.onTokens(given.map(path => ({ path, tokens: null })))
  }

  #tellOfUnlearnt(): void {
    const { size } = this.#unlearnt
    if (size === 0 || this.#toldOfUnlearnt) return
    this.#toldOfUnlearnt = true
    const { log, store } = this.#options
    log.info(
      `completions learn nothing from ${size} of ${store.fileCount} files: it would take more memory than allowed`,
    )
  }

  #settle(report: FileReport): void {
    const { outcome } = report
    // Whoever keeps the path must not keep the batch alive that it was cut from.
    const path = detached(report.path)
    if (this.#unwanted.delete(path)) {
      this.#drop(path)
      return
    }
    const result = this.#resultOf(report)
    if (outcome === "folder") this.#options.onFolder(path)
    if (report.facts !== null) for (const listener of this.#listeners) listener.changed(path)
    if (result === "nothing") for (const listener of this.#listeners) listener.removed(path)
    this.#end(path, result)
  }

  #end(path: string, result: ReadResult): void {
    const before = this.unparsed
    this.#queue.settle(path, result)
    this.#parsed += before - this.unparsed
  }

  #resultOf({ path, outcome, facts, tokens }: FileReport): ReadResult {
    if (outcome === "same") return "same"
    if (facts === null) return "nothing"
    const learnt = tokens === null ? 0 : Wants.tokens
    const isParsed = !facts.rough || this.#options.store.takeOver(path) || outcome === "unparsed"
    return Wants.words | learnt | (isParsed ? Wants.facts : 0)
  }

  #lose(path: string): void {
    this.#unwanted.delete(path)
    this.#drop(path)
    this.#options.onProgress()
  }

  #drop(path: string): void {
    this.#forget([path])
    this.#end(path, "nothing")
  }

  #forget(paths: readonly string[]): void {
    const known = paths.filter(path => this.#options.store.remove(path))
    for (const path of known) this.#unlearnt.delete(path)
    if (known.length === 0) return
    this.#options.onTokens(known.map(path => ({ path, tokens: null })))
    for (const listener of this.#listeners) for (const path of known) listener.removed(path)
  }
}
