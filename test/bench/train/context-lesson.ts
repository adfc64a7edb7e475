import { TimeSlice } from "../../../server/base/time-slice.ts"
import { type Candidate, EVIDENCE, LEVELS } from "../../../server/context/candidates.ts"
import { type CentralSymbols, countCentral } from "../../../server/context/central-symbols.ts"
import { bodyLines } from "../../../server/context/definition-offers.ts"
import { gather } from "../../../server/context/gather.ts"
import type { ProjectView } from "../../../server/context/project-view.ts"
import { ContextMemory, type Survey, surveyOf } from "../../../server/context/survey.ts"
import { levelOfLength } from "../../../server/context/weights.ts"
import { Product } from "../context/product.ts"
import type { PlacedContext } from "../context/projects.ts"
import { askAbout, type Question } from "../context/question.ts"
import type { DrawnLine, ProjectTruth } from "../context/truth.ts"
import { mulberry32 } from "../random.ts"
import { UseExamples } from "./use-examples.ts"

/** Tokens that candidates are gathered for: the largest budget that is scored. */
const BUDGET = 16_000
/** Share of the candidates that were not named that are kept. */
const KEPT = 0.2
/** Levels of a body's length come behind those of the evidence. */
const KINDS = EVIDENCE.length
const SLICE_MS = 1000
const SEED = 11

/** What the choice of context is learned from: whether a declaration was named, and something in its body. */
export interface ContextExamples {
  readonly heads: UseExamples
  readonly bodies: UseExamples
}

/** No examples yet. */
export function noContextExamples(): ContextExamples {
  return {
    heads: new UseExamples(KINDS, LEVELS, 1 / KEPT),
    bodies: new UseExamples(KINDS + 1, LEVELS, 1 / KEPT),
  }
}

/** Adds every candidate of every line of a project, with and without the imports that the line alone uses. */
export async function contextLesson(
  repository: string,
  project: PlacedContext,
  truth: ProjectTruth,
  examples: ContextExamples,
): Promise<void> {
  const product = await Product.start(repository, project)
  const student = new Student(
    product,
    project,
    await countCentral(product.context.workspace.index, new TimeSlice(SLICE_MS)),
  )
  for (const hidden of [false, true]) {
    for (const drawn of truth.lines) {
      const question = askAbout(project, truth, drawn, hidden)
      await product.prepare(question)
      student.study(question, drawn, examples)
    }
  }
  await product.dispose()
}

/** Adds the candidates of one line after the other. */
class Student {
  readonly #product: Product
  readonly #texts: ReadonlyMap<string, string>
  readonly #central: CentralSymbols
  readonly #memory = new ContextMemory()
  readonly #random = mulberry32(SEED)

  constructor(product: Product, project: PlacedContext, central: CentralSymbols) {
    this.#product = product
    this.#texts = new Map(project.files.map(({ text }, file) => [product.pathOf(file), text]))
    this.#central = central
  }

  study(question: Question, { targets }: DrawnLine, { heads, bodies }: ContextExamples): void {
    const { document, offset } = this.#product.placeOf(question)
    const place = { document, start: offset, end: offset }
    const survey = surveyOf(this.#view(question), place, BUDGET, this.#memory)
    gather(survey, BUDGET)
    const named = new Set(targets.map(({ file, line }) => `${this.#product.pathOf(file)}:${line}`))
    for (const candidate of survey.candidates.list) {
      const { path, line } = candidate.symbol
      const levels = [...candidate.levels.subarray(candidate.at, candidate.at + EVIDENCE.length)]
      this.#add(heads, levels, named.has(`${path}:${line}`))
      const body = linesInside(survey, candidate)
      if (body === null) continue
      const isNamed = body.inside.some(each => named.has(`${path}:${each}`))
      this.#add(bodies, [...levels, levelOfLength(body.length)], isNamed)
    }
  }

  #add(examples: UseExamples, levels: readonly number[], isNamed: boolean): void {
    if (isNamed || this.#random() < KEPT) examples.add(levels, isNamed)
  }

  /** The project with the masked document laid over it, every text at hand. */
  #view({ text, file }: Question): ProjectView {
    const { documents, workspace } = this.#product.context
    const { imports } = workspace
    const masked = this.#product.pathOf(file)
    return {
      index: documents.index,
      imports: {
        targetsOf: path =>
          path === masked ? imports.resolve(path, documents.index.importsOf(path)) : imports.targetsOf(path),
        importersOf: path => imports.importersOf(path),
        exportedFrom: (path, name) => imports.exportedFrom(path, name),
      },
      textOf: path => (path === masked ? text : (this.#texts.get(path) ?? null)),
      edits: [],
      diagnostics: [],
      openPaths: [masked],
      central: this.#central,
    }
  }
}

/** The lines of a body that would be shown, but for those where something of the index is declared; null for no body. */
function linesInside(
  survey: Survey,
  { symbol }: Candidate,
): { readonly length: number; readonly inside: readonly number[] } | null {
  const lines = bodyLines(survey, symbol, BUDGET)
  if (lines === null) return null
  const declared = new Set(survey.outlineOf(symbol.path).symbols.map(({ line }) => line))
  const length = lines.endLine - lines.startLine
  const inside = Array.from({ length }, (_, at) => lines.startLine + at).filter(line => !declared.has(line))
  return inside.length === 0 ? null : { length: length - 1, inside }
}
