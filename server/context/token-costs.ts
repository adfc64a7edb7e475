import type { PieceKind } from "./token-pieces.ts"

/** What pieces of one kind cost, in hundredths of a token. */
export interface PieceCost {
  /** By length less one, for pieces of up to `byLength.length` units; the last holds for what is a little longer. */
  readonly byLength: readonly number[]
  /** For each unit more than that. */
  readonly more: number
}

/**
 * The mean number of o200k_base tokens, in hundredths, of each kind of piece: counted over
 * 10 MB of TypeScript, JavaScript, Python, C, C++, Perl, shell, JSON, CSS, HTML and Markdown, the first three of most
 * weight, and made to never fall with length. The figures for scripts other than Latin are of prose.
 */
export const PIECE_COSTS: Readonly<Record<PieceKind, PieceCost>> = {
  bareLower: {
    byLength: [100, 100, 107, 107, 107, 116, 129, 129, 149, 150, 150, 185, 206, 290, 311],
    more: 20,
  },
  bareCapital: {
    byLength: [100, 105, 105, 105, 106, 106, 108, 113, 118, 126, 126, 126, 132, 140, 200],
    more: 20,
  },
  bareUpper: {
    byLength: [100, 108, 142, 181, 191, 194, 243, 256, 276, 283, 300, 350, 394, 420, 450],
    more: 45,
  },
  spacedLower: {
    byLength: [100, 101, 104, 104, 104, 105, 112, 112, 122, 122, 127, 150, 157, 170, 195],
    more: 50,
  },
  spacedCapital: {
    byLength: [100, 101, 107, 107, 107, 110, 111, 132, 132, 150, 155, 171, 171, 180, 200],
    more: 50,
  },
  spacedUpper: {
    byLength: [100, 102, 137, 137, 152, 183, 204, 209, 244, 276, 276, 280, 300, 330, 360],
    more: 50,
  },
  markedLower: {
    byLength: [103, 114, 117, 117, 122, 124, 150, 152, 175, 194, 226, 252, 269, 290, 340],
    more: 30,
  },
  markedCapital: {
    byLength: [100, 146, 146, 146, 170, 172, 178, 182, 201, 212, 212, 230, 247, 270, 300],
    more: 30,
  },
  markedUpper: {
    byLength: [103, 136, 137, 138, 150, 171, 205, 218, 276, 276, 280, 326, 400, 463, 500],
    more: 50,
  },
  proseLower: {
    byLength: [100, 100, 101, 101, 102, 103, 104, 106, 109, 113, 123, 123, 123, 138, 155],
    more: 50,
  },
  proseCapital: {
    byLength: [100, 100, 103, 103, 111, 111, 111, 118, 129, 134, 138, 138, 140, 150, 170],
    more: 50,
  },
  proseUpper: {
    byLength: [100, 100, 108, 126, 126, 130, 137, 137, 161, 215, 216, 240, 270, 300, 330],
    more: 50,
  },
  marks: { byLength: [100, 101, 113, 160, 207, 278, 337, 372, 459, 514, 570, 620, 670, 720, 770], more: 50 },
  spacedMarks: {
    byLength: [100, 102, 116, 179, 225, 270, 310, 356, 400, 450, 500, 550, 600, 650, 700],
    more: 50,
  },
  sameMarks: { byLength: [100, 100, 100, 116, 130, 143], more: 2 },
  digits: { byLength: [100, 100, 100], more: 0 },
  space: { byLength: [100], more: 1 },
  latin: { byLength: [100, 150], more: 50 },
  script: { byLength: [106, 106, 137, 146, 151, 190, 216, 240, 270, 300], more: 35 },
  ideograph: { byLength: [100, 150, 220], more: 75 },
}
