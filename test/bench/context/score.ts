import type { Piece } from "./contestant.ts"
import type { PlacedContext } from "./projects.ts"
import type { Target } from "./truth.ts"

/** The budgets that are scored, tokens, by their key in the figures. */
export const BUDGETS: Readonly<Record<BudgetKey, number>> = { "1k": 1000, "4k": 4000, "16k": 16_000 }

/** Key of a budget in the figures. */
export type BudgetKey = "1k" | "4k" | "16k"

/** Every key of `BUDGETS`, smallest first. */
export const BUDGET_KEYS: readonly BudgetKey[] = ["1k", "4k", "16k"]

/** One value for each budget. */
export type ByBudget<T> = Readonly<Record<BudgetKey, T>>

/** UTF-16 code units that count as one token, for everyone. */
const UNITS_PER_TOKEN = 3.5
/** What a file's header costs beside its path. */
const HEADER_TOKENS = 2

/** Tokens of a text as this bench counts them, for contestants and budgets alike. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / UNITS_PER_TOKEN)
}

/**
 * What each line of the project costs to be reached: `PATH:LINE` to the tokens of the answer up to and with it. A file's
 * path costs once, a line that was shown before costs nothing. Reading stops above `most` tokens.
 */
export function costOfLines(pieces: Iterable<Piece>, most: number): ReadonlyMap<string, number> {
  const cost = new Map<string, number>()
  const headed = new Set<string>()
  let total = 0
  for (const { path, lines } of pieces) {
    if (!headed.has(path)) total += countTokens(path) + HEADER_TOKENS
    headed.add(path)
    for (const { text, shows } of lines) {
      const keys = shows.map(line => `${path}:${line}`)
      if (isKnown(keys, cost)) continue
      total += countTokens(`${text}\n`)
      if (total > most) return cost
      for (const key of keys) cost.set(key, cost.get(key) ?? total)
    }
  }
  return cost
}

function isKnown(keys: readonly string[], cost: ReadonlyMap<string, number>): boolean {
  return keys.length > 0 && keys.every(key => cost.has(key))
}

/** How much of a line's targets an answer holds. */
export interface Score {
  /** Share of the targets whose declaration is in it. */
  readonly recall: number
  /** 1 if all of them are. */
  readonly all: number
  /** The same share of those targets that are used for the first time, null if there are none. */
  readonly firstUse: number | null
}

/** The score of one answer within `budget` tokens, and the targets it misses. */
export function scoreAnswer(
  project: PlacedContext,
  targets: readonly Target[],
  cost: ReadonlyMap<string, number>,
  budget: number,
): { readonly score: Score; readonly missed: readonly Target[] } {
  const isIn = ({ file, line }: Target): boolean =>
    (cost.get(`${project.files[file]!.path}:${line}`) ?? Number.POSITIVE_INFINITY) <= budget
  const missed = targets.filter(target => !isIn(target))
  const firstUses = targets.filter(({ isFirstUse }) => isFirstUse)
  const recall = 1 - missed.length / targets.length
  return {
    score: {
      recall,
      all: missed.length === 0 ? 1 : 0,
      firstUse: firstUses.length === 0 ? null : firstUses.filter(isIn).length / firstUses.length,
    },
    missed,
  }
}

/** The mean of the values that there are; 0 for none. */
export function mean(values: readonly (number | null)[]): number {
  const present = values.filter(value => value !== null)
  return present.length === 0 ? 0 : present.reduce((sum, value) => sum + value, 0) / present.length
}
