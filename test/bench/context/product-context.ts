import { TimeSlice } from "../../../server/base/time-slice.ts"
import { type CentralSymbols, countCentral } from "../../../server/context/central-symbols.ts"
import type { ContextSelection } from "../../../server/context/context-request.ts"
import type { ImportView, ProjectView } from "../../../server/context/project-view.ts"
import { selectContext } from "../../../server/context/select-context.ts"
import { ContextMemory } from "../../../server/context/survey.ts"
import type { DocumentSnapshot } from "../../../server/workspace/document.ts"
import type { SymbolIndex } from "../../../server/workspace/file-facts.ts"
import { SourceTexts } from "../../../server/workspace/source-texts.ts"
import { type OpenedProject, openProject } from "./opened-project.ts"

/** Processes that index. */
const CHILDREN = 2
/** Most bytes of texts kept in memory. */
const TEXT_BYTES = 16e6
/** How often an answer is made anew with the texts that it wanted. */
const FURTHER_ROUNDS = 2
const STRETCH_MS = 4

/** What context is chosen for. */
export interface Place {
  readonly document: DocumentSnapshot
  readonly offset: number
  /** Tokens of `countTokens`. */
  readonly budget: number
  readonly countTokens: (text: string) => number
}

/** The product's choice of context over an indexed folder, as the server asks for it. */
export class ProductContext {
  readonly opened: OpenedProject
  readonly #imports: ImportView
  readonly #texts: SourceTexts
  readonly #central: CentralSymbols
  readonly #roots: readonly string[]
  readonly #memory = new ContextMemory()

  /** Indexes a folder; `imports` may give another resolution of imports than the product's own. */
  static async open(
    repository: string,
    folder: string,
    imports: (index: SymbolIndex) => ImportView | null = () => null,
  ): Promise<ProductContext> {
    const opened = await openProject(repository, folder, CHILDREN)
    const { workspace, documents } = opened
    const central = await countCentral(workspace.index, new TimeSlice(STRETCH_MS))
    return new ProductContext(opened, imports(documents.index) ?? opened.imports, central, [folder])
  }

  private constructor(
    opened: OpenedProject,
    imports: ImportView,
    central: CentralSymbols,
    roots: readonly string[],
  ) {
    const { workspace, documents } = opened
    this.opened = opened
    this.#imports = imports
    this.#texts = new SourceTexts({
      index: workspace.index,
      open: () => documents.all(),
      maxBytes: TEXT_BYTES,
    })
    this.#central = central
    this.#roots = roots
  }

  /** The context for a place with what is in memory, beside a prompt that shows all of the document. */
  select({ document, ...place }: Place): ContextSelection {
    const visible = { startLine: 0, endLine: document.lines.count }
    const request = { document, purpose: "complete", visible, roots: this.#roots, ...place } as const
    return selectContext(request, this.#viewFrom(document), this.#memory)
  }

  /** The context for a place, once the texts are read that it wanted. */
  async answer(place: Place): Promise<ContextSelection> {
    let selection = this.select(place)
    for (let round = 0; round < FURTHER_ROUNDS && selection.wanted.length > 0; round++) {
      await this.read(selection.wanted)
      selection = this.select(place)
    }
    return selection
  }

  /** Has the texts of these files at hand. */
  async read(paths: readonly string[]): Promise<void> {
    await this.#texts.read(paths, new AbortController().signal)
  }

  async dispose(): Promise<void> {
    this.opened.documents.dispose()
    await this.opened.workspace.dispose()
  }

  #viewFrom({ path }: DocumentSnapshot): ProjectView {
    return {
      index: this.opened.documents.index,
      imports: this.#imports,
      textOf: each => this.#texts.peek(each),
      edits: [],
      diagnostics: [],
      openPaths: path === null ? [] : [path],
      central: this.#central,
    }
  }
}
