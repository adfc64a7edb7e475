import type { PlacedContext } from "./projects.ts"
import type { Question } from "./question.ts"

/** One line of an answer, as it would be sent. */
export interface ShownLine {
  readonly text: string
  /** Zero-based lines of the file that it shows; none for text of the contestant's own. */
  readonly shows: readonly number[]
}

/** Part of an answer: lines of one file. */
export interface Piece {
  /** Path from the project's folder. */
  readonly path: string
  readonly lines: readonly ShownLine[]
}

/** Somebody who is asked for context. */
export interface Contestant {
  readonly name: string
  /** Whether an answer is made for its budget; else it is asked once, and each budget takes as much of it as fits. */
  readonly fitsBudget: boolean
  /** Called before each question, outside the time that is taken. */
  prepare(question: Question): Promise<void>
  /** Pieces, best first, of about `budget` tokens of `countTokens`. */
  retrieve(question: Question, budget: number): Promise<Iterable<Piece>>
  dispose(): Promise<void>
}

/** What a baseline does with a question. */
export type Retrieve = (question: Question) => Iterable<Piece>

/** A contestant that is a pure function of the question. */
export function baseline(name: string, retrieve: Retrieve): Contestant {
  return {
    name,
    fitsBudget: false,
    prepare: async () => {},
    retrieve: async question => retrieve(question),
    dispose: async () => {},
  }
}

/** Lines of a file of the project as they stand there. */
export function sourcePiece(lines: SourceLines, file: number, shown: readonly number[]): Piece {
  const source = lines.of(file)
  return {
    path: lines.project.files[file]!.path,
    lines: shown.map(line => ({ text: source[line] ?? "", shows: [line] })),
  }
}

/** The lines of each file of a project, split once. */
export class SourceLines {
  readonly project: PlacedContext
  readonly #lines: readonly (readonly string[])[]

  constructor(project: PlacedContext) {
    this.project = project
    this.#lines = project.files.map(({ text }) => text.split("\n"))
  }

  of(file: number): readonly string[] {
    return this.#lines[file]!
  }
}
