import { join, relative } from "node:path"
import type { ContextPart } from "../../../server/context/context-part.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import { CheckedImports } from "./checked-imports.ts"
import type { Contestant, Piece } from "./contestant.ts"
import { ProductContext } from "./product-context.ts"
import type { PlacedContext } from "./projects.ts"
import type { Question } from "./question.ts"
import { countTokens } from "./score.ts"
import { ScratchProject } from "./scratch-project.ts"
import { shownLines } from "./shown-lines.ts"
import type { ProjectTruth } from "./truth.ts"

/** Whose resolution of imports the product is given: its own, or TypeScript's to see what its own costs. */
export type ImportsBy = "product" | "checker"

/**
 * The product on a copy of the project: the real index over real files, the masked document open and masked on disk too,
 * so that nothing anywhere tells of the line.
 */
export class Product implements Contestant {
  readonly name = "product"
  readonly fitsBudget = true
  readonly #scratch: ScratchProject
  readonly #context: ProductContext
  #open: string | null = null

  /** Copies and indexes a project. */
  static async start(
    repository: string,
    project: PlacedContext,
    truth: ProjectTruth,
    importsBy: ImportsBy,
  ): Promise<Product> {
    const scratch = new ScratchProject(project)
    const checked = { ...project, folder: scratch.folder }
    const context = await ProductContext.open(repository, scratch.folder, index =>
      importsBy === "checker" ? new CheckedImports(index, checked, truth) : null,
    )
    return new Product(scratch, context)
  }

  private constructor(scratch: ScratchProject, context: ProductContext) {
    this.#scratch = scratch
    this.#context = context
  }

  async prepare({ file, text }: Question): Promise<void> {
    const { workspace, documents, settled } = this.#context.opened
    workspace.filesChanged(this.#scratch.mask(file, text))
    if (this.#open !== null) documents.close(this.#open)
    this.#open = uriOfPath(this.#scratch.pathOf(file))
    documents.open(this.#open, "", 1, text)
    await settled()
  }

  async retrieve({ project, line }: Question, budget: number): Promise<readonly Piece[]> {
    const document = this.#context.opened.documents.get(this.#open!)!
    const offset = document.lines.startOf(line)
    const { parts } = await this.#context.answer({ document, offset, budget, countTokens })
    return parts.map(part => this.#pieceOf(part, project))
  }

  async dispose(): Promise<void> {
    await this.#context.dispose()
    this.#scratch.remove()
  }

  #pieceOf(part: ContextPart, project: PlacedContext): Piece {
    const path = relative(this.#scratch.folder, part.path)
    const source = project.files.find(file => join(file.path) === path)?.text ?? ""
    return { path, lines: shownLines(part, source.split("\n")) }
  }
}
