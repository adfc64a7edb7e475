import type { TypingRow } from "./typing.ts"

/** What one contestant did on the points of one group and seed. */
export interface QualityRows {
  /** Rank of each wanted token, from 1; 0 where it was not among the candidates. */
  readonly tokenRanks: number[]
  readonly lineStarts: LineRow[]
  readonly midLines: LineRow[]
  readonly words: WordRow[]
  readonly typing: TypingRow[]
}

/** One guess of the rest of a line. */
export interface LineRow {
  readonly exact: boolean
  readonly confidence: number
}

/** One guess of a name with its first letters typed: place of the wanted word in the list, from 1; 0 where it is not. */
interface WordRow {
  readonly rank: number
}

/** The figures of one contestant; all are shares from 0 to 1. */
export const QUALITY_KEYS = [
  "tokenTop1",
  "tokenMrr",
  "lineStartEm",
  "midLineEm",
  "midLineEmAt10",
  "wordTop1",
  "wordTop5",
  "keystrokesSaved",
  "shownRight",
] as const

/** One value for each of `QUALITY_KEYS`. */
export type Quality = Readonly<Record<(typeof QUALITY_KEYS)[number], number>>

/** Rows with nothing in them yet. */
export function emptyRows(): QualityRows {
  return { tokenRanks: [], lineStarts: [], midLines: [], words: [], typing: [] }
}

/** The figures of one group's rows. Ranks past 10 count nothing in `tokenMrr`; a share of nothing is 0. */
export function qualityOf(rows: QualityRows): Quality {
  const sum = (field: keyof TypingRow): number => rows.typing.reduce((total, row) => total + row[field], 0)
  return {
    tokenTop1: mean(rows.tokenRanks, rank => (rank === 1 ? 1 : 0)),
    tokenMrr: mean(rows.tokenRanks, rank => (rank >= 1 && rank <= 10 ? 1 / rank : 0)),
    lineStartEm: mean(rows.lineStarts, exactness),
    midLineEm: mean(rows.midLines, exactness),
    midLineEmAt10: mean(surest(rows.midLines, 0.1), exactness),
    wordTop1: mean(rows.words, row => (row.rank === 1 ? 1 : 0)),
    wordTop5: mean(rows.words, row => (row.rank >= 1 && row.rank <= 5 ? 1 : 0)),
    keystrokesSaved: sum("units") === 0 ? 0 : 1 - sum("keys") / sum("units"),
    shownRight: sum("taken") / Math.max(1, sum("shown")),
  }
}

/** The mean of each figure over groups and seeds. */
export function meanQuality(parts: readonly Quality[]): Quality {
  return qualityBy(key => mean(parts, part => part[key]))
}

/** A `Quality` with each figure as `figure` gives it. */
export function qualityBy(figure: (key: keyof Quality) => number): Quality {
  return Object.fromEntries(QUALITY_KEYS.map(key => [key, figure(key)])) as unknown as Quality
}

/** The guesses a contestant was surest of: this share of all, at least one. */
export function surest(rows: readonly LineRow[], share: number): LineRow[] {
  const sorted = [...rows].sort((a, b) => b.confidence - a.confidence)
  return sorted.slice(0, Math.max(1, Math.round(share * rows.length)))
}

function exactness(row: LineRow): number {
  return row.exact ? 1 : 0
}

function mean<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / Math.max(1, items.length)
}
