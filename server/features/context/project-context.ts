import type { Log } from "../../base/log.ts"
import { estimateTokens } from "../../context/token-estimate.ts"
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
  readonly log: Log
}

/** Tokens of a project's digest, by estimate: enough for the providers' caches, which begin at 1,024. */
const DIGEST_TOKENS = 2_000
/** Memory for texts that the digest is made with, bytes: let go again by age. */
const DIGEST_TEXT_BYTES = 1 << 20
/** Memory for texts that one client's context is taken from, bytes. */
const TEXT_BYTES = 16 << 20

/** What the context of all clients of one project shares: the epoch of its digest, and what may leave the machine. */
export class ProjectContext {
  readonly keeper: DigestKeeper
  readonly #options: ProjectContextOptions

  constructor(options: ProjectContextOptions) {
    const { roots, workspace, leave, log } = options
    this.#options = options
    const index = new PermittedIndex(workspace.index, path => this.#permits(path))
    const texts = new SourceTexts({ index, open: () => [], maxBytes: DIGEST_TEXT_BYTES })
    this.keeper = new DigestKeeper({
      index,
      roots,
      budget: DIGEST_TOKENS,
      countTokens: estimateTokens,
      ready: () => leave.judge([...workspace.index.paths()]),
      read: (paths, signal) => texts.read(paths, signal),
      textOf: path => texts.peek(path),
      log,
    })
    workspace.listen(this.keeper)
  }

  /** The context of one client's documents, which are laid over the project's files. */
  sourceFor(documents: OpenDocuments): ContextSource {
    const { roots, workspace, leave } = this.#options
    return new ContextSource({
      roots,
      index: documents.index,
      imports: workspace.imports,
      open: () => documents.all(),
      keeper: this.keeper,
      leave,
      textBytes: TEXT_BYTES,
    })
  }

  #permits(path: string): boolean {
    return this.#options.leave.mayLeave(path).allowed
  }
}
