import { cancel } from "../base/cancel.ts"
import { collectGarbage } from "../base/collect-garbage.ts"
import { Cancelled } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { EmbeddedEngine } from "../embedded/engine.ts"
import type { IndexProgress, Workspace } from "../workspace/workspace.ts"
import type { ProjectContext } from "./context/project-context.ts"

/** What a project is made of: its files, what the engine learnt from them, and what prompts say of them. */
export interface ProjectParts {
  readonly workspace: Workspace
  readonly engine: EmbeddedEngine
  readonly context: ProjectContext
}

/** Files parsed after which memory is given back, once nothing was indexed and nobody did anything for so many ms. */
const MUCH_PARSED = 1000
const STILL_MS = 6000

/** Room for young objects is given back only when it is found empty again, after a while without much work. */
const COLLECTIONS: readonly ("all" | "young")[] = ["all", "young", "young"]

/** One set of roots with its index and engine; shared by every client that opened the same roots. */
export class Project {
  readonly roots: readonly string[]
  readonly workspace: Workspace
  readonly engine: EmbeddedEngine
  readonly context: ProjectContext
  /** Resolves when the first pass over all files is done and learnt, or was given up. Never rejects. */
  readonly indexed: Promise<void>
  readonly #listeners = new Set<(progress: IndexProgress) => void>()
  readonly #stop = new AbortController()
  #users = 1
  #progress: IndexProgress | null = null
  #isIndexed = false
  #parsed = 0
  #parsedBefore = 0
  #tidying: NodeJS.Timeout | undefined

  /** Builds the parts and starts the first pass; `build` gets the function to report progress to. */
  constructor(
    roots: readonly string[],
    build: (onProgress: (progress: IndexProgress) => void) => ProjectParts,
    log: Log,
  ) {
    this.roots = roots
    const { workspace, engine, context } = build(progress => {
      this.#progress = progress
      this.#tidyLater(progress.done)
      for (const listener of this.#listeners) listener(progress)
    })
    this.workspace = workspace
    this.engine = engine
    this.context = context
    this.indexed = this.#index(log)
    void this.indexed.then(() => {
      this.#isIndexed = true
      context.keepFresh()
    })
  }

  /** How far the first pass over all files is; null once it is over. */
  get firstPass(): Pick<IndexProgress, "done" | "total"> | null {
    return this.#isIndexed ? null : (this.#progress ?? { done: 0, total: 0 })
  }

  /** Calls `listener` with every later step of indexing; the result takes that back. */
  onProgress(listener: (progress: IndexProgress) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Somebody works on it just now: what would hold up an answer is put off. */
  used(): void {
    this.#tidying?.refresh()
  }

  /** Counts one more user. */
  retain(): void {
    this.#users++
  }

  /** Counts one user less; true if that was the last one. */
  letGo(): boolean {
    this.#users--
    return this.#users === 0
  }

  /** Stops indexing and frees everything; settles when the child processes are gone. */
  async dispose(): Promise<void> {
    cancel(this.#stop, "shutdown")
    this.#listeners.clear()
    this.#keepUntidy()
    this.context.dispose()
    await Promise.all([this.workspace.dispose(), this.engine.dispose()])
  }

  /** Gives back the memory that much reading took, when it is over. */
  #tidyLater(parsed: number): void {
    this.#parsed = parsed
    if (parsed - this.#parsedBefore < MUCH_PARSED || this.#stop.signal.aborted) return
    this.#keepUntidy()
    this.#tidying = setTimeout(() => {
      this.#parsedBefore = this.#parsed
      this.#tidy(COLLECTIONS)
    }, STILL_MS).unref()
  }

  #tidy([which, ...more]: typeof COLLECTIONS): void {
    this.#keepUntidy()
    if (which === undefined) return
    collectGarbage(which)
    this.#tidying = setTimeout(() => this.#tidy(more), STILL_MS).unref()
  }

  #keepUntidy(): void {
    clearTimeout(this.#tidying)
    // A timer that has run would run again if it were put off.
    this.#tidying = undefined
  }

  async #index(log: Log): Promise<void> {
    try {
      await this.workspace.start(this.#stop.signal)
      await this.engine.settled()
    } catch (error) {
      if (!(error instanceof Cancelled)) log.bug("indexing failed", error)
    }
  }
}
