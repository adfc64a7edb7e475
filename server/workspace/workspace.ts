import { basename, dirname } from "node:path"
import { cancel, raceAbort } from "../base/cancel.ts"
import { Cancelled } from "../base/errors.ts"
import type { Interner } from "../base/interner.ts"
import type { Log } from "../base/log.ts"
import { TimeSlice } from "../base/time-slice.ts"
import type { Languages } from "../syntax/languages.ts"
import { FactStore } from "./fact-store.ts"
import type { FileTokens, SymbolIndex } from "./file-facts.ts"
import { IGNORE_FILES } from "./ignore-rules.ts"
import { EVERYTHING, type ReadTask } from "./parse-messages.ts"
import { ParsePool } from "./parse-pool.ts"
import { ParseQueue } from "./parse-queue.ts"
import { ProjectTree } from "./project-tree.ts"
import { ReportMerger } from "./report-merger.ts"
import type { EncodedBatch, FileReport } from "./shard-codec.ts"
import { type FolderWatch, loadWatchLibrary, watchFolders } from "./watch.ts"

/** How far the reading of files is. */
export interface IndexProgress {
  /** Files read or left out since the start; `total` grows as files are found and change. */
  readonly done: number
  readonly total: number
  /** Of all files in the index. */
  readonly bytes: number
  readonly symbols: number
}

/** What the index holds. */
interface WorkspaceStats {
  readonly files: number
  readonly lines: number
  readonly symbols: number
  readonly bytes: number
  /** Of the first pass, or of what there has been of it; 0 before the start. */
  readonly seconds: number
}

/** What a workspace is made of. */
export interface WorkspaceOptions {
  /** Absolute paths; one may lie in another, or not exist. */
  readonly roots: readonly string[]
  /** Shared with whoever reads the tokens. */
  readonly interner: Interner
  readonly languages: Languages
  /** Folders whose `node_modules`, or those above, hold the parsers. */
  readonly grammarFolders: readonly string[]
  /** Path of the bundled parse child. */
  readonly childEntry: string
  /** Processes that read and parse; see `defaultChildren`. */
  readonly children: number
  readonly log: Log
  /** Token streams of files as they are read; null tokens for a file that has none any more. Must return within a few ms. */
  readonly onTokens: (batch: readonly FileTokens[]) => void
  /** Called often while files are read. */
  readonly onProgress: (progress: IndexProgress) => void
  /** Whether to watch the roots for changes. */
  readonly watch: boolean
  /** A process that says nothing for so many ms while it has work is replaced; default 20,000. */
  readonly silenceMs?: number
  /** A process without work for so many ms is let go, to give its memory back; default 30,000. */
  readonly idleMs?: number
}

/** Default of `silenceMs`: ten times what one file may be parsed. */
const SILENCE_MS = 20_000
/** Default of `idleMs`: a pause in editing should not cost a new start. */
const IDLE_MS = 30_000
/** The longest stretch of going through files on the main thread, ms. */
const STRETCH_MS = 4
/** Files forgotten or queued between two looks at the clock. */
const FILES_PER_LOOK = 16

/** Processes that parse, for so many processors: one per two, and at least one. */
export function defaultChildren(processors: number): number {
  return Math.max(1, Math.floor(processors / 2))
}

/**
 * The files of a project: found, read in child processes, kept in the index, and kept up to date.
 * Invariant: walks and changes are handled one after the other, so each sees what those before it queued.
 */
export class Workspace {
  readonly #options: WorkspaceOptions
  readonly #store: FactStore
  readonly #queue = new ParseQueue()
  readonly #merger: ReportMerger
  readonly #pool: ParsePool
  readonly #stop = new AbortController()
  #tree: ProjectTree | null = null
  #watch: FolderWatch | null = null
  /** Folders that were ignored when the watch began. */
  #unwatched: readonly string[] = []
  #watching: Promise<void> = Promise.resolve()
  /** Settles when all walks and changes so far are handled. */
  #handled: Promise<void> = Promise.resolve()
  #changed = new Set<string>()
  /** Files that turned out not to be the project's while they were being read. */
  readonly #unwanted = new Set<string>()
  #done = 0
  #startedAt = 0
  #seconds: number | null = null

  constructor(options: WorkspaceOptions) {
    this.#options = options
    this.#store = new FactStore(options.interner)
    this.#merger = new ReportMerger({
      store: this.#store,
      interner: options.interner,
      onTokens: options.onTokens,
      onReport: report => this.#settle(report),
    })
    this.#pool = new ParsePool({
      entry: options.childEntry,
      setup: {
        kind: "setup",
        languages: options.languages.all(),
        grammarFolders: options.grammarFolders,
      },
      children: options.children,
      silenceMs: options.silenceMs ?? SILENCE_MS,
      idleMs: options.idleMs ?? IDLE_MS,
      log: options.log,
      take: most => this.#take(most),
      onBatch: (batch, sender) => this.#merge(batch, sender),
      onLost: path => {
        this.#forget([path])
        this.#settle({ path, outcome: "none" })
        options.onProgress(this.#progress())
      },
    })
  }

  /** The facts of all files on disk, at any time what is known so far. */
  get index(): SymbolIndex {
    return this.#store
  }

  /**
   * Reads all files; resolves when that is done and changes are watched for. Rejects with `Cancelled` when `signal` aborts
   * or the workspace is disposed. Called once.
   */
  async start(signal: AbortSignal): Promise<void> {
    this.#startedAt = performance.now()
    const stop = AbortSignal.any([signal, this.#stop.signal])
    await raceAbort(this.#firstPass(stop), stop)
  }

  /** Has the files beside `path` read before others, because someone works there. */
  prefer(path: string): void {
    this.#queue.prefer(dirname(path))
  }

  /** Has these files and folders looked at again: they were made, changed, renamed or deleted. */
  filesChanged(paths: readonly string[]): void {
    const waiting = this.#changed.size > 0
    for (const path of paths) this.#changed.add(path)
    if (!waiting && this.#changed.size > 0) void this.#handle(() => this.#absorb())
  }

  /** Resolves when every change told so far is in the index. */
  async settled(): Promise<void> {
    // Reading can find more to handle: a path that is a folder now.
    let handled: Promise<void>
    do {
      handled = this.#handled
      await handled
      await this.#queue.idle()
    } while (handled !== this.#handled)
  }

  stats(): WorkspaceStats {
    const running = this.#startedAt === 0 ? 0 : (performance.now() - this.#startedAt) / 1000
    return {
      files: this.#store.fileCount,
      lines: this.#store.lineCount,
      symbols: this.#store.symbolCount,
      bytes: this.#store.byteCount,
      seconds: this.#seconds ?? running,
    }
  }

  /** Stops reading and watching; resolves when no process or watch is left, after at most about 300 ms. */
  async dispose(): Promise<void> {
    cancel(this.#stop, "shutdown")
    this.#queue.clear()
    await Promise.all([this.#pool.dispose(), this.#watch?.close()])
  }

  async #firstPass(signal: AbortSignal): Promise<void> {
    const ignored: string[] = []
    await this.#handle(() => this.#scan(signal, folder => ignored.push(folder)))
    if (this.#options.watch) await this.#watchAllBut(ignored)
    await this.settled()
    this.#seconds = (performance.now() - this.#startedAt) / 1000
  }

  /** Watches the roots, in place of any watch before; one call after the other. */
  #watchAllBut(ignored: readonly string[]): Promise<void> {
    this.#unwatched = ignored
    this.#watching = this.#watching.then(() => this.#startWatching(ignored))
    return this.#watching
  }

  async #startWatching(ignored: readonly string[]): Promise<void> {
    const { log } = this.#options
    const before = this.#watch
    const onChange = (paths: readonly string[]): void => this.filesChanged(paths)
    const onMissed = (): void => void this.#handle(() => this.#lookAgain([...this.#store.paths()]))
    const folders = this.#tree?.roots ?? []
    this.#watch = await watchFolders({ folders, ignored, onChange, onMissed, log }, loadWatchLibrary)
    await before?.close()
    if (this.#watch === null) return
    if (this.#stop.signal.aborted) return this.#watch.close()
    // Nobody told of what happened before the watch stood.
    const read = [...this.#store.paths(), ...this.#queue.reading()]
    await this.#handle(() => this.#lookAgain(read))
  }

  /** Has files that were read before read again, and looks for new ones and lost ones. */
  async #lookAgain(read: readonly string[]): Promise<void> {
    await this.#enqueueInSlices(read, false)
    await this.#scan(this.#stop.signal)
  }

  /** Queues files that are new to the index, and has those looked at that were not found any more. */
  async #scan(signal: AbortSignal, ignoredFolder: (path: string) => void = () => {}): Promise<void> {
    this.#tree ??= await ProjectTree.open(this.#options.roots, this.#options.log)
    const lost = new Set([...this.#store.paths(), ...this.#queue.paths()])
    const files = (paths: readonly string[]): void => {
      for (const path of paths) lost.delete(path)
      this.#enqueue(
        paths.filter(path => !this.#store.has(path)),
        false,
      )
    }
    await this.#tree.walk({ files, ignoredFolder }, signal)
    for (const path of this.#queue.withdraw(lost)) this.#unwanted.add(path)
    await this.#forgetInSlices([...lost])
  }

  /** Queues what `filesChanged` was told of. */
  async #absorb(): Promise<void> {
    const changed = this.#changed
    this.#changed = new Set()
    if ([...changed].some(path => IGNORE_FILES.includes(basename(path)))) await this.#scanByNewRules()
    if (this.#tree === null) return
    const admitted = await this.#tree.admitted([...changed])
    const kept = new Set(admitted)
    await this.#forgetInSlices([...changed].filter(path => !kept.has(path) && this.#store.has(path)))
    await this.#enqueueInSlices([...admitted, ...(await this.#filesBelow(changed))], true)
  }

  async #scanByNewRules(): Promise<void> {
    const ignored = new Set<string>()
    await this.#scan(this.#stop.signal, folder => ignored.add(folder))
    // Not waited for: its end hands in work that comes after this.
    if (this.#unwatched.some(folder => !ignored.has(folder))) void this.#watchAllBut([...ignored])
  }

  /** Files of the index below any of `folders` that are no files of the index themselves: they may be gone. */
  async #filesBelow(folders: ReadonlySet<string>): Promise<readonly string[]> {
    const unknown = new Set([...folders].filter(path => !this.#store.has(path)))
    if (unknown.size === 0) return []
    const slice = new TimeSlice(STRETCH_MS)
    const below: string[] = []
    for (const path of this.#store.paths()) {
      if (slice.due()) await slice.pause()
      let folder = dirname(path)
      while (!unknown.has(folder) && dirname(folder) !== folder) folder = dirname(folder)
      if (unknown.has(folder)) below.push(path)
    }
    return below
  }

  /** As `#forget`, without keeping the main thread for long. */
  async #forgetInSlices(paths: readonly string[]): Promise<void> {
    const slice = new TimeSlice(STRETCH_MS)
    for (let at = 0; at < paths.length; at += FILES_PER_LOOK) {
      if (slice.due()) await slice.pause()
      this.#forget(paths.slice(at, at + FILES_PER_LOOK))
    }
    await this.#store.tidy(slice)
  }

  #forget(paths: readonly string[]): void {
    const known = paths.filter(path => this.#store.remove(path))
    if (known.length > 0) this.#options.onTokens(known.map(path => ({ path, tokens: null })))
  }

  /** As `#enqueue`, without keeping the main thread for long. */
  async #enqueueInSlices(paths: readonly string[], changed: boolean): Promise<void> {
    const slice = new TimeSlice(STRETCH_MS)
    for (let at = 0; at < paths.length; at += FILES_PER_LOOK) {
      if (slice.due()) await slice.pause()
      this.#enqueue(paths.slice(at, at + FILES_PER_LOOK), changed)
    }
  }

  #enqueue(paths: readonly string[], changed: boolean): void {
    if (this.#stop.signal.aborted) return
    for (const path of paths) this.#unwanted.delete(path)
    this.#queue.add(paths, changed)
    this.#pool.wake()
  }

  #take(most: number): readonly ReadTask[] {
    return this.#queue.take(most).map(path => {
      const hash = this.#store.factsOf(path)?.hash ?? ""
      return { path, hash, wants: 0, anew: EVERYTHING }
    })
  }

  async #merge(batch: EncodedBatch, sender: object): Promise<void> {
    await this.#merger.merge(batch, sender)
    this.#options.onProgress(this.#progress())
  }

  #settle({ path, outcome }: Pick<FileReport, "path" | "outcome">): void {
    this.#done++
    if (this.#unwanted.delete(path)) this.#forget([path])
    else if (outcome === "folder") void this.#handle(() => this.#scanFolder(path))
    this.#queue.settle(path)
  }

  async #scanFolder(folder: string): Promise<void> {
    const files = (paths: readonly string[]): void => this.#enqueue(paths, true)
    await this.#tree?.walkFolder(folder, { files }, this.#stop.signal)
  }

  #progress(): IndexProgress {
    const { byteCount: bytes, symbolCount: symbols } = this.#store
    return { done: this.#done, total: this.#done + this.#queue.size, bytes, symbols }
  }

  /** Runs `work` after everything handed in before. A failure is logged here and does not stop what follows. */
  #handle(work: () => Promise<void>): Promise<void> {
    this.#handled = this.#handled.then(work).catch(error => {
      if (!(error instanceof Cancelled))
        this.#options.log.bug("the project could not be looked through", error)
    })
    return this.#handled
  }
}
