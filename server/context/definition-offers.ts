import { byText } from "../workspace/best-of.ts"
import type { SymbolHit } from "../workspace/file-facts.ts"
import type { Candidate } from "./candidates.ts"
import { shortPath } from "./short-path.ts"
import type { Survey } from "./survey.ts"
import { expectedBodyUse, expectedUse, type Weights } from "./weights.ts"

/** Something that could be shown of a declaration. */
export interface DefinitionOffer {
  readonly candidate: Candidate
  readonly detail: "body" | "signature"
  /** Expected use: 0 to 1, a body's on top of its signature's. */
  readonly value: number
  /** Value for its price, by an estimate. */
  readonly rate: number
  /** Zero-based lines of a body, `endLine` exclusive; those of the name for a signature. */
  readonly startLine: number
  readonly endLine: number
}

/** UTF-16 code units per token, for prices that only rank. */
const UNITS_PER_TOKEN = 3.5
/** What a line takes beside its text, tokens. */
const LINE_TOKENS = 1
/** What is shown around a member, the head of its class, takes about so many units beside the name. */
const FRAME_UNITS = 16
/** Few signatures are shorter, tokens. */
const LEAST_TOKENS = 5
/** One body is looked at for each so many tokens of the budget. */
const TOKENS_PER_BODY = 40
/** Lines of a body: at least, per token of the budget, and at most. */
const LEAST_LINES = 24
const TOKENS_PER_LINE = 200
const MAX_LINES = 400

/** All that could be shown of the survey's candidates, the best for its price first. */
export function definitionOffers(
  survey: Survey,
  budget: number,
  roots: readonly string[],
  weights: Weights,
): readonly DefinitionOffer[] {
  const offers = signatureOffers(survey, budget, roots, weights)
  const looked = offers.slice(0, Math.ceil(budget / TOKENS_PER_BODY))
  const bodies = looked.flatMap(offer => bodyOffer(survey, offer.candidate, budget, weights) ?? [])
  return merged(offers, bodies.sort(byRate))
}

/** The signatures that a budget could pay for at most. */
function signatureOffers(
  { candidates: { list, paths } }: Survey,
  budget: number,
  roots: readonly string[],
  weights: Weights,
): readonly DefinitionOffer[] {
  const values = Float64Array.from(list, candidate => expectedUse(candidate, weights))
  const headers = new HeaderShares(list, values, paths, roots)
  const frames = new FrameShares(list, values, paths)
  const rates = values.map((value, at) => {
    const candidate = list[at]!
    const own = candidate.symbol.signature.length / UNITS_PER_TOKEN + LINE_TOKENS
    return value / (own + headers.of(candidate, value) + frames.of(candidate, value))
  })
  const most = Math.ceil(Math.max(0, budget) / LEAST_TOKENS)
  const least = rates.length <= most ? 0 : rates.toSorted()[rates.length - most]!
  const offers: DefinitionOffer[] = []
  list.forEach((candidate, at) => {
    const { line } = candidate.symbol
    const [value, rate] = [values[at]!, rates[at]!]
    if (rate < least) return
    offers.push({ candidate, detail: "signature", value, rate, startLine: line, endLine: line + 1 })
  })
  return offers.sort(byRate)
}

/** Two lists in the order of their rates as one. */
function merged(
  one: readonly DefinitionOffer[],
  other: readonly DefinitionOffer[],
): readonly DefinitionOffer[] {
  const all: DefinitionOffer[] = []
  let next = 0
  for (const offer of one) {
    while (next < other.length && byRate(other[next]!, offer) < 0) all.push(other[next++]!)
    all.push(offer)
  }
  return [...all, ...other.slice(next)]
}

function byRate(one: DefinitionOffer, other: DefinitionOffer): number {
  return (
    other.rate - one.rate ||
    byText(one.candidate.symbol.path, other.candidate.symbol.path) ||
    one.candidate.symbol.nameStart - other.candidate.symbol.nameStart
  )
}

/** What each declaration bears of its file's header: in proportion to its value. */
class HeaderShares {
  /** By file, tokens. */
  readonly #perValue: Float64Array

  constructor(
    list: readonly Candidate[],
    values: Float64Array,
    paths: readonly string[],
    roots: readonly string[],
  ) {
    const sums = new Float64Array(paths.length)
    list.forEach(({ file }, at) => {
      sums[file]! += values[at]!
    })
    this.#perValue = sums.map(
      (sum, file) => (shortPath(paths[file]!, roots).length / UNITS_PER_TOKEN + 2) / sum,
    )
  }

  of({ file }: Candidate, value: number): number {
    return this.#perValue[file]! * value
  }
}

/** The whole of a declaration of several lines, as far as its text is in memory. */
function bodyOffer(
  survey: Survey,
  candidate: Candidate,
  budget: number,
  weights: Weights,
): DefinitionOffer | null {
  const { symbol } = candidate
  const body = bodyLines(survey, symbol, budget)
  if (body === null) return null
  const { startLine, endLine, units } = body
  const value = expectedBodyUse(candidate, endLine - startLine - 1, weights)
  const price = Math.max(1, (units - symbol.signature.length) / UNITS_PER_TOKEN) + (endLine - startLine)
  return { candidate, detail: "body", value, rate: value / price, startLine, endLine }
}

/** What each member bears of the line that frames it: in proportion to its value. */
class FrameShares {
  /** By file and name of the outer declaration: the values of what is shown with that line. */
  readonly #values: readonly Map<string, number>[]

  constructor(list: readonly Candidate[], values: Float64Array, paths: readonly string[]) {
    this.#values = paths.map(() => new Map())
    list.forEach(({ symbol: { container, name }, file }, at) => {
      const inFile = this.#values[file]!
      const owner = container ?? name
      inFile.set(owner, (inFile.get(owner) ?? 0) + values[at]!)
    })
  }

  of({ symbol: { container }, file }: Candidate, value: number): number {
    if (container === null) return 0
    const tokens = (container.length + FRAME_UNITS) / UNITS_PER_TOKEN + LINE_TOKENS
    return (tokens * value) / this.#values[file]!.get(container)!
  }
}

/**
 * The lines, zero-based, `endLine` exclusive, and UTF-16 code units that a declaration would be shown whole in; null for
 * one that is not: one line, too long, a function in a class, or not in memory.
 */
export function bodyLines(
  survey: Survey,
  symbol: SymbolHit,
  budget: number,
): { readonly startLine: number; readonly endLine: number; readonly units: number } | null {
  const file = showsWhole(symbol) ? survey.textOf(symbol.path) : null
  if (file === null) return null
  const startLine = file.lines.lineAt(symbol.start)
  const endLine = file.lines.lineAt(symbol.end) + 1
  if (endLine - startLine < 2 || endLine - startLine > linesWithin(budget)) return null
  return { startLine, endLine, units: file.lines.startOf(endLine) - file.lines.startOf(startLine) }
}

/** Members are shown whole only if they are data. */
function showsWhole({ container, kind }: SymbolHit): boolean {
  return container === null || kind === "property" || kind === "field"
}

function linesWithin(budget: number): number {
  return Math.min(MAX_LINES, Math.max(LEAST_LINES, budget / TOKENS_PER_LINE))
}
