import { join } from "node:path"
import { Interner } from "../../../server/base/interner.ts"
import { strictLog } from "../../../server/base/log.ts"
import type { ContextSelection } from "../../../server/context/context-request.ts"
import type { ContextSource } from "../../../server/features/context/context-source.ts"
import { ProjectContext } from "../../../server/features/context/project-context.ts"
import { DEFAULT_MEMORY_MB, MemoryBudget } from "../../../server/features/memory-budget.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import type { DocumentSnapshot } from "../../../server/workspace/document.ts"
import { LeaveRules } from "../../../server/workspace/leave-rules.ts"
import { OpenDocuments } from "../../../server/workspace/open-documents.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import { Workspace } from "../../../server/workspace/workspace.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"

/** Processes that index. */
const CHILDREN = 2

/** What context is chosen for. */
interface Place {
  readonly document: DocumentSnapshot
  readonly offset: number
  /** Tokens of `countTokens`. */
  readonly budget: number
  readonly countTokens: (text: string) => number
}

/** The product's choice of context over an indexed folder, made as the server makes it; without the embedded engine. */
export class ProductContext {
  readonly workspace: Workspace
  /** One client's documents. */
  readonly documents: OpenDocuments
  /** That client's context. */
  readonly source: ContextSource
  readonly #unending: AbortSignal = new AbortController().signal

  /** Indexes a folder; resolves when every file is read and every import resolved. */
  static async open(repository: string, folder: string): Promise<ProductContext> {
    const log = strictLog()
    const grammars = join(repository, "grammars")
    const languages = benchLanguages(repository)
    const workspace = new Workspace({
      roots: [folder],
      interner: new Interner(),
      languages,
      grammarFolders: [grammars],
      childEntry: join(repository, "dist", "parse-child.cjs"),
      children: CHILDREN,
      log,
      onTokens: () => {},
      onProgress: () => {},
      watch: false,
    })
    const { textBytes } = new MemoryBudget(DEFAULT_MEMORY_MB)
    const leave = new LeaveRules({ roots: [folder], allow: [], deny: [] })
    const context = new ProjectContext({ roots: [folder], workspace, leave, textBytes, log })
    const parsers = createNativeParsers(packageLoader([grammars]), log)
    const documents = new OpenDocuments({ base: workspace.index, languages, parsers })
    const product = new ProductContext(workspace, documents, context.sourceFor(documents))
    // Nothing else keeps this process alive: the indexing processes may not.
    const alive = setInterval(() => {}, 1000)
    await workspace.start(product.#unending)
    await product.settled()
    await context.keeper.refresh(product.#unending)
    clearInterval(alive)
    return product
  }

  private constructor(workspace: Workspace, documents: OpenDocuments, source: ContextSource) {
    this.workspace = workspace
    this.documents = documents
    this.source = source
  }

  /** Resolves when index, imports and documents have taken every change in. */
  async settled(): Promise<void> {
    await this.workspace.settled()
    await this.workspace.importsSettled()
    await this.documents.settled()
  }

  /** The context for a place with what is in memory, beside a prompt that shows all of the document. */
  select(place: Place): ContextSelection {
    return this.source.select(queryAt(place))
  }

  /** The context for a place, once the texts are read that it wants. */
  answer(place: Place): Promise<ContextSelection> {
    return this.source.gather(queryAt(place), this.#unending)
  }

  /** Has the texts of these files at hand. */
  async read(paths: readonly string[]): Promise<void> {
    await this.source.read(paths, this.#unending)
  }

  async dispose(): Promise<void> {
    this.documents.dispose()
    await this.workspace.dispose()
  }
}

function queryAt(place: Place): Parameters<ContextSource["select"]>[0] {
  const visible = { startLine: 0, endLine: place.document.lines.count }
  return { purpose: "complete", visible, ...place }
}
