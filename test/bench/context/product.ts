import { join, relative } from "node:path"
import type { ContextPart } from "../../../server/context/context-part.ts"
import type { DocumentSnapshot } from "../../../server/workspace/document.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import type { Contestant, Piece } from "./contestant.ts"
import { ProductContext } from "./product-context.ts"
import type { PlacedContext } from "./projects.ts"
import type { Question } from "./question.ts"
import { countTokens } from "./score.ts"
import { ScratchProject } from "./scratch-project.ts"
import { shownLines } from "./shown-lines.ts"

/**
 * The product on a copy of the project: the real index over real files, the masked document open and masked on disk too,
 * so that nothing anywhere tells of the line.
 */
export class Product implements Contestant {
  readonly name = "product"
  readonly fitsBudget = true
  readonly context: ProductContext
  readonly #scratch: ScratchProject
  #open: string | null = null

  /** Copies and indexes a project. */
  static async start(repository: string, project: PlacedContext): Promise<Product> {
    const scratch = new ScratchProject(project)
    return new Product(scratch, await ProductContext.open(repository, scratch.folder))
  }

  private constructor(scratch: ScratchProject, context: ProductContext) {
    this.#scratch = scratch
    this.context = context
  }

  async prepare({ file, text }: Question): Promise<void> {
    const { workspace, documents, source } = this.context
    workspace.filesChanged(this.#scratch.mask(file, text))
    if (this.#open !== null) {
      documents.close(this.#open)
      source.closed(this.#open)
    }
    this.#open = uriOfPath(this.#scratch.pathOf(file))
    documents.open(this.#open, "", 1, text)
    await this.context.settled()
  }

  /** The masked line in the document that was opened for the question. */
  placeOf({ line }: Question): { readonly document: DocumentSnapshot; readonly offset: number } {
    const document = this.context.documents.get(this.#open!)!
    return { document, offset: document.lines.startOf(line) }
  }

  /** Absolute path of a file of the copy. */
  pathOf(file: number): string {
    return this.#scratch.pathOf(file)
  }

  async retrieve(question: Question, budget: number): Promise<readonly Piece[]> {
    const { parts } = await this.context.answer({ ...this.placeOf(question), budget, countTokens })
    return parts.map(part => this.#pieceOf(part, question.project))
  }

  async dispose(): Promise<void> {
    await this.context.dispose()
    this.#scratch.remove()
  }

  #pieceOf(part: ContextPart, project: PlacedContext): Piece {
    const path = relative(this.#scratch.folder, part.path)
    const source = project.files.find(file => join(file.path) === path)?.text ?? ""
    return { path, lines: shownLines(part, source.split("\n")) }
  }
}
