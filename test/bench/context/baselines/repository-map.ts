import { type Piece, type Retrieve, type SourceLines, sourcePiece } from "../contestant.ts"
import type { Question } from "../question.ts"
import type { ProjectTruth } from "../truth.ts"
import { wordsIn } from "../words.ts"

const DAMPING = 0.85
const ROUNDS = 25
/** Lines above and below the cursor whose words count as mentioned. */
const MENTIONED = 20
/** Names in an answer: more than the largest budget takes. */
const MOST = 3000

/** A name that some file declares. */
interface Defined {
  readonly name: string
  /** Files that declare it, and in each the lines that do. */
  readonly files: ReadonlyMap<number, readonly number[]>
  /** Weight of its edges, mentions aside. */
  readonly weight: number
}

/** How often a file uses a defined name: the name's index and the square root of the count. */
interface Use {
  readonly name: number
  readonly root: number
}

/**
 * A repository map as aider draws it: files are nodes, a name used in one and declared in another is an edge, PageRank
 * starts at the document, and rank flows on to the declarations, of which one line each is shown. Edges that share a name
 * have equal weights, so ranks are added up by name instead of by edge: the same sums, in far fewer steps.
 */
export function repositoryMap(lines: SourceLines, truth: ProjectTruth): Retrieve {
  const map = new RankedMap(lines, truth)
  return question => map.pieces(question)
}

class RankedMap {
  readonly #lines: SourceLines
  readonly #defined: readonly Defined[]
  readonly #indexes: ReadonlyMap<string, number>
  readonly #uses: readonly (readonly Use[])[]

  constructor(lines: SourceLines, truth: ProjectTruth) {
    this.#lines = lines
    this.#defined = definedNames(truth)
    this.#indexes = new Map(this.#defined.map(({ name }, at) => [name, at]))
    this.#uses = lines.project.files.map(({ text }) => this.#usesIn(text))
  }

  *pieces(question: Question): Iterable<Piece> {
    const { ranks, flows } = this.#rank(question)
    const best = [...flows.keys()].filter(name => flows[name]! > 0).sort((a, b) => flows[b]! - flows[a]!)
    for (const name of best.slice(0, MOST)) {
      const files = [...this.#defined[name]!.files].filter(([file]) => file !== question.file)
      for (const [file, shown] of files.sort((a, b) => ranks[b[0]]! - ranks[a[0]]!)) {
        yield sourcePiece(this.#lines, file, shown)
      }
    }
  }

  /** The rank of each file, and of each name what flows to every one of its declarations. */
  #rank(question: Question): { ranks: Float64Array; flows: Float64Array } {
    const uses = this.#uses.map((each, file) => (file === question.file ? this.#usesIn(question.text) : each))
    const weights = this.#weightsFor(question)
    const totals = Float64Array.from(uses, each =>
      each.reduce((sum, { name, root }) => sum + weights[name]! * root * this.#defined[name]!.files.size, 0),
    )
    let ranks: Float64Array = new Float64Array(uses.length).fill(1 / uses.length)
    let flows = this.#flows(uses, weights, totals, ranks)
    for (let round = 0; round < ROUNDS; round++) {
      ranks = this.#spread(flows, totals, ranks, question.file)
      flows = this.#flows(uses, weights, totals, ranks)
    }
    return { ranks, flows }
  }

  #weightsFor({ lines, line }: Question): Float64Array {
    const near = lines.slice(Math.max(0, line - MENTIONED), line + MENTIONED + 1).join("\n")
    const weights = Float64Array.from(this.#defined, ({ weight }) => weight)
    for (const word of new Set(wordsIn(near))) {
      const name = this.#indexes.get(word)
      if (name !== undefined) weights[name]! *= 10
    }
    return weights
  }

  #flows(
    uses: readonly (readonly Use[])[],
    weights: Float64Array,
    totals: Float64Array,
    ranks: Float64Array,
  ): Float64Array {
    const flows = new Float64Array(weights.length)
    uses.forEach((each, file) => {
      const share = totals[file] === 0 ? 0 : ranks[file]! / totals[file]!
      for (const { name, root } of each) flows[name]! += share * weights[name]! * root
    })
    return flows
  }

  #spread(flows: Float64Array, totals: Float64Array, ranks: Float64Array, start: number): Float64Array {
    const next = new Float64Array(ranks.length)
    this.#defined.forEach(({ files }, name) => {
      for (const file of files.keys()) next[file]! += DAMPING * flows[name]!
    })
    const stranded = ranks.reduce((sum, rank, file) => (totals[file] === 0 ? sum + rank : sum), 0)
    next[start]! += 1 - DAMPING + DAMPING * stranded
    return next
  }

  #usesIn(text: string): Use[] {
    const counts = new Map<number, number>()
    for (const word of wordsIn(text)) {
      const name = this.#indexes.get(word)
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return [...counts].map(([name, count]) => ({ name, root: Math.sqrt(count) }))
  }
}

function definedNames({ syntax }: ProjectTruth): Defined[] {
  const byName = new Map<string, Map<number, number[]>>()
  syntax.forEach(({ declarations }, file) => {
    for (const { name, line, isOwnVariable } of declarations) {
      if (isOwnVariable) continue
      const files = byName.get(name) ?? new Map<number, number[]>()
      files.set(file, [...(files.get(file) ?? []), line])
      byName.set(name, files)
    }
  })
  return [...byName].map(([name, files]) => ({ name, files, weight: weightOf(name, files.size) }))
}

/** Long names of several words weigh more, names for internal use and names that many files declare weigh less. */
function weightOf(name: string, declarers: number): number {
  const isLong = name.length >= 8 && (name.includes("_") || (/[a-z]/.test(name) && /[A-Z]/.test(name)))
  return (isLong ? 10 : 1) * (name.startsWith("_") ? 0.1 : 1) * (declarers > 5 ? 0.1 : 1)
}
