import { cancel } from "../base/cancel.ts"
import { Cancelled } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { EmbeddedEngine } from "../embedded/engine.ts"
import type { IndexProgress, Workspace } from "../workspace/workspace.ts"

/** The two halves of a project: its files, and what the engine learnt from them. */
export interface ProjectParts {
  readonly workspace: Workspace
  readonly engine: EmbeddedEngine
}

/** One set of roots with its index and engine; shared by every client that opened the same roots. */
export class Project {
  readonly roots: readonly string[]
  readonly workspace: Workspace
  readonly engine: EmbeddedEngine
  /** Resolves when the first pass over all files is done and learnt, or was given up. Never rejects. */
  readonly indexed: Promise<void>
  readonly #listeners = new Set<(progress: IndexProgress) => void>()
  readonly #stop = new AbortController()
  #users = 1

  /** Builds the parts and starts the first pass; `build` gets the function to report progress to. */
  constructor(
    roots: readonly string[],
    build: (onProgress: (progress: IndexProgress) => void) => ProjectParts,
    log: Log,
  ) {
    this.roots = roots
    const { workspace, engine } = build(progress => {
      for (const listener of this.#listeners) listener(progress)
    })
    this.workspace = workspace
    this.engine = engine
    this.indexed = this.#index(log)
  }

  /** Calls `listener` with every later step of indexing; the result takes that back. */
  onProgress(listener: (progress: IndexProgress) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
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
    await Promise.all([this.workspace.dispose(), this.engine.dispose()])
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
