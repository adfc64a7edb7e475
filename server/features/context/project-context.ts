import { cancel, throwIfAborted } from "../../base/cancel.ts"
import type { Log } from "../../base/log.ts"
import { QuietWork } from "../../base/quiet-work.ts"
import { TimeSlice } from "../../base/time-slice.ts"
import { estimateTokens } from "../../context/token-estimate.ts"
import { type Clock, systemClock } from "../../model/clock.ts"
import type { LeaveRules } from "../../workspace/leave-rules.ts"
import type { OpenDocuments } from "../../workspace/open-documents.ts"
import { PermittedIndex } from "../../workspace/permitted-index.ts"
import { SourceTexts } from "../../workspace/source-texts.ts"
import type { Workspace } from "../../workspace/workspace.ts"
import { ContextSource } from "./context-source.ts"
import { DigestKeeper } from "./digest-keeper.ts"

/** The project whose code goes into prompts. */
interface ProjectContextOptions {
  /** Absolute paths. */
  readonly roots: readonly string[]
  readonly workspace: Pick<Workspace, "index" | "imports" | "listen">
  readonly leave: LeaveRules
  /** Most bytes of memory for texts that one client's context is taken from. */
  readonly textBytes: number
  readonly log: Log
}

/** Tokens of a project's digest, by estimate: enough for the providers' caches, which begin at 1,024. */
const DIGEST_TOKENS = 2_000
/** Memory for texts that the digest is made with, bytes: let go again by age. */
const DIGEST_TEXT_BYTES = 1 << 20
/** The digest is looked at again so many ms after the last change, or after the first one not looked at. */
const QUIET_MS = 2_000
const LONGEST_MS = 30_000
/** Files judged between two looks at the clock, and the longest stretch of it on the main thread, ms. */
const FILES_PER_LOOK = 16
const STRETCH_MS = 3

/** What the context of all clients of one project shares: the epoch of its digest, and what may leave the machine. */
export class ProjectContext {
  readonly keeper: DigestKeeper
  readonly #options: ProjectContextOptions
  readonly #stop = new AbortController()
  readonly #refreshing = new QuietWork({
    work: async () => {
      await this.keeper.refresh(this.#stop.signal)
      return true
    },
    quietMs: QUIET_MS,
    longestMs: LONGEST_MS,
  })

  constructor(options: ProjectContextOptions) {
    const { roots, workspace, log } = options
    this.#options = options
    const index = new PermittedIndex(workspace.index, path => this.#permits(path))
    const texts = new SourceTexts({ index, open: () => [], maxBytes: DIGEST_TEXT_BYTES })
    this.keeper = new DigestKeeper({
      index,
      roots,
      budget: DIGEST_TOKENS,
      countTokens: estimateTokens,
      ready: paths => this.#judge(paths ?? [...workspace.index.paths()]),
      read: (paths, signal) => texts.read(paths, signal),
      textOf: path => texts.peek(path),
      log,
    })
    workspace.listen(this.keeper)
  }

  /** Makes the digest, and from now on keeps it fresh in quiet moments. */
  keepFresh(): void {
    const changed = (): void => this.#refreshing.changed()
    this.#options.workspace.listen({ changed, removed: changed })
    void this.keeper.refresh(this.#stop.signal)
  }

  /** Files on disk were made, changed or deleted: some of them may tell what may leave the machine. */
  filesChanged(paths: readonly string[]): void {
    if (!this.#options.leave.changed(paths)) return
    this.keeper.doubt()
    this.#refreshing.changed()
  }

  /** Makes no digest any more; one that is being made is given up. */
  dispose(): void {
    this.#refreshing.end()
    cancel(this.#stop, "shutdown")
  }

  /** The context of one client's documents, which are laid over the project's files. */
  sourceFor(documents: OpenDocuments, clock: Clock = systemClock()): ContextSource {
    const { roots, workspace, leave, textBytes } = this.#options
    return new ContextSource({
      roots,
      index: documents.index,
      imports: workspace.imports,
      open: () => documents.all(),
      keeper: this.keeper,
      leave,
      textBytes,
      clock,
    })
  }

  async #judge(paths: readonly string[]): Promise<void> {
    const slice = new TimeSlice(STRETCH_MS)
    for (let at = 0; at < paths.length; at += FILES_PER_LOOK) {
      if (slice.due()) await slice.pause()
      throwIfAborted(this.#stop.signal)
      await this.#options.leave.judge(paths.slice(at, at + FILES_PER_LOOK))
    }
  }

  #permits(path: string): boolean {
    return this.#options.leave.mayLeave(path).allowed
  }
}
