import { resolve } from "node:path"
import { cancel, raceAbort } from "../base/cancel.ts"
import type { Interner } from "../base/interner.ts"
import type { Log } from "../base/log.ts"
import type { Languages } from "../syntax/languages.ts"
import { FactStore } from "./fact-store.ts"
import type { FileTokens, SymbolIndex } from "./file-facts.ts"
import { FileFinder } from "./file-finder.ts"
import type { ImportGraph } from "./imports/import-graph.ts"
import { ProjectImports } from "./imports/project-imports.ts"
import { type FactsListener, IndexBuilder } from "./index-builder.ts"
import { Wants } from "./parse-messages.ts"
import { KeptIndex } from "./shard-cache/kept-index.ts"

/** How far the reading of files is. */
export interface IndexProgress {
  /** Files parsed or left out since the start; `total` grows as files are found and change. */
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
  /** Bytes of memory for what is known of the files, about. */
  readonly memoryBytes: number
  /** Files that were brought back from an earlier run. */
  readonly restored: number
  /** Files that completions learn nothing from, because there is no memory for it. */
  readonly unlearnt: number
  /** Bytes on disk of what is kept for the next run. */
  readonly keptBytes: number
  /** Until the words and rough definitions of all files were known, or so far; 0 before the start. */
  readonly scanSeconds: number
  /** Until all files were parsed, or so far. */
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
  /** Whether there is memory for the tokens of further files: of any, or of such as are near to an open one; default yes. */
  readonly mayLearn?: ((near: boolean) => boolean) | undefined
  /** Whether to watch the roots for changes. */
  readonly watch: boolean
  /** Told of everything on disk that was made, changed or deleted, also of what is not the project's. */
  readonly onFilesChanged?: (paths: readonly string[]) => void
  /** A process that says nothing for so many ms while it has work is replaced; default 20,000. */
  readonly silenceMs?: number
  /** A process without work for so many ms is let go, to give its memory back; default 30,000. */
  readonly idleMs?: number
  /** Absolute folder of all indexes kept on disk; if left out, nothing is kept. */
  readonly cacheFolder?: string | undefined
}

/** Default of `silenceMs`: ten times what one file may be parsed. */
const SILENCE_MS = 20_000
/** Default of `idleMs`: a pause in editing should not cost a new start. */
const IDLE_MS = 30_000
/** What was brought back from disk is neither checked nor linked before so many ms: about what a first context takes. */
const FIRST_ASKED_MS = 600

/** Processes that parse, for so many processors: one per two, and at least one. */
export function defaultChildren(processors: number): number {
  return Math.max(1, Math.floor(processors / 2))
}

/** The files of a project: found, read in child processes, kept in the index, and kept up to date. */
export class Workspace {
  readonly #store: FactStore
  readonly #builder: IndexBuilder
  readonly #finder: FileFinder
  readonly #imports: ProjectImports
  readonly #kept: KeptIndex | null
  readonly #stop = new AbortController()
  readonly #restored = new Landmark()
  #startedAt = 0
  #restoredFiles = 0
  #scanSeconds: number | null = null
  #seconds: number | null = null

  constructor(options: WorkspaceOptions) {
    const { interner, log, roots, watch } = options
    const store = new FactStore(interner)
    const builder = new IndexBuilder({
      ...options,
      store,
      mayLearn: options.mayLearn ?? (() => true),
      silenceMs: options.silenceMs ?? SILENCE_MS,
      idleMs: options.idleMs ?? IDLE_MS,
      onFolder: path => this.#finder.foundFolder(path),
      onProgress: () => options.onProgress(this.#progress()),
    })
    this.#store = store
    this.#builder = builder
    this.#imports = importsOf(options, store, builder)
    builder.listen(this.#imports)
    const onChanged = (paths: readonly string[]): void => {
      this.#imports.filesChanged(paths)
      options.onFilesChanged?.(paths)
    }
    this.#finder = new FileFinder({ roots, store, builder, watch, log, onChanged })
    this.#kept = keptIndex(options, store, builder)
  }

  /** The facts of all files on disk, at any time what is known so far. */
  get index(): SymbolIndex {
    return this.#store
  }

  /** Which file imports which, at any time what is known so far. */
  get imports(): ImportGraph {
    return this.#imports.graph
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

  /** Resolves when what was kept from an earlier run is in the index, or at once after `start` if nothing is kept. */
  get restored(): Promise<void> {
    return this.#restored.reached
  }

  /** Has a file that was opened, and those beside it, read before others. */
  prefer(path: string): void {
    this.#builder.prefer(path)
    this.#imports.prefer(path)
  }

  /** Has these files read before most others, because open files import them. */
  preferImports(paths: Iterable<string>): void {
    this.#builder.preferImports(paths)
  }

  /** Has these files and folders looked at again: they were made, changed, renamed or deleted. */
  filesChanged(paths: readonly string[]): void {
    this.#finder.changed(paths)
  }

  /** Tells `listener` of all later changes of the index. */
  listen(listener: FactsListener): void {
    this.#builder.listen(listener)
  }

  /** Resolves when every change told so far is in the index; if a bit of `Wants` is given, when that part of it is. */
  async settled(part?: number): Promise<void> {
    // Reading can find more to handle: a path that is a folder now.
    let handled: Promise<void>
    do {
      handled = this.#finder.handled
      await handled
      await this.#builder.idle(part)
    } while (handled !== this.#finder.handled)
  }

  /** Writes what is known to the folder of kept indexes, if there is one and it can be written; never rejects. */
  async saved(): Promise<void> {
    await this.#kept?.saved()
  }

  /** Resolves when all imports are resolved, and what they need of installed packages is read. */
  importsSettled(): Promise<void> {
    return this.#imports.settled()
  }

  stats(): WorkspaceStats {
    const running = this.#startedAt === 0 ? 0 : (performance.now() - this.#startedAt) / 1000
    return {
      files: this.#store.fileCount,
      lines: this.#store.lineCount,
      symbols: this.#store.symbolCount,
      bytes: this.#store.byteCount,
      memoryBytes: this.#store.memoryBytes,
      restored: this.#restoredFiles,
      unlearnt: this.#builder.unlearnt,
      keptBytes: this.#kept?.bytes ?? 0,
      scanSeconds: this.#scanSeconds ?? running,
      seconds: this.#seconds ?? running,
    }
  }

  /** Stops reading and watching; resolves when no process or watch is left, after at most about 300 ms. */
  async dispose(): Promise<void> {
    cancel(this.#stop, "shutdown")
    this.#kept?.dispose()
    await Promise.all([this.#builder.dispose(), this.#finder.dispose(), this.#imports.dispose()])
  }

  async #firstPass(signal: AbortSignal): Promise<void> {
    await this.#restore(signal)
    // Not before: what was just restored is kept already.
    if (this.#kept !== null) this.#builder.listen(this.#kept)
    await this.#finder.start(signal)
    await this.settled(Wants.words)
    this.#scanSeconds = (performance.now() - this.#startedAt) / 1000
    await this.settled(Wants.facts)
    this.#seconds = (performance.now() - this.#startedAt) / 1000
    await this.settled()
  }

  /** Brings back what was kept; goes on after a moment in which what is asked first gets all of the processor. */
  async #restore(signal: AbortSignal): Promise<void> {
    await this.#kept?.restore(signal)
    this.#restoredFiles = this.#store.fileCount
    this.#restored.reach()
    if (this.#kept === null || this.#store.fileCount === 0) return
    const asked = new Promise<void>(resolve => setTimeout(resolve, FIRST_ASKED_MS))
    this.#imports.graph.holdUntil(asked)
    await this.#builder.restored()
    await raceAbort(asked, signal)
    this.#builder.resume()
  }

  #progress(): IndexProgress {
    const { byteCount: bytes, symbolCount: symbols } = this.#store
    const { parsed, unparsed } = this.#builder
    return { done: parsed, total: parsed + unparsed, bytes, symbols }
  }
}

/** A moment that comes once. */
class Landmark {
  readonly reached: Promise<void>
  #reach: () => void = () => {}

  constructor() {
    this.reached = new Promise(resolve => {
      this.#reach = resolve
    })
  }

  reach(): void {
    this.#reach()
  }
}

/** Null if nothing is to be kept. */
function keptIndex(options: WorkspaceOptions, store: FactStore, builder: IndexBuilder): KeptIndex | null {
  const { cacheFolder, roots, interner, log, childEntry, grammarFolders } = options
  if (cacheFolder === undefined) return null
  const source = { childEntry, grammarFolders, languages: options.languages.all() }
  return new KeptIndex({ folder: cacheFolder, roots, source, interner, store, builder, log })
}

function importsOf(options: WorkspaceOptions, index: SymbolIndex, builder: IndexBuilder): ProjectImports {
  const { roots, interner, childEntry, languages, grammarFolders, log } = options
  return new ProjectImports({
    roots: roots.map(root => resolve(root)),
    index,
    interner,
    reading: {
      entry: childEntry,
      setup: { kind: "setup", languages: languages.all(), grammarFolders },
      silenceMs: options.silenceMs ?? SILENCE_MS,
      log,
    },
    parsed: () => builder.idle(Wants.facts),
    prefer: paths => builder.preferImports(paths),
  })
}
