import type { PieceKind } from "./token-pieces.ts"

/** What pieces of one kind cost, in hundredths of a token. */
interface PieceCost {
  /** By length less one, for pieces of up to `byLength.length` units; the last holds for what is a little longer. */
  readonly byLength: readonly number[]
  /** For each unit more than that. */
  readonly more: number
}

/**
 * The mean number of o200k_base tokens, in hundredths, of each kind of piece: counted over
 * 10 MB of TypeScript, JavaScript, Python, C, C++, Perl, shell, JSON, CSS, HTML and Markdown, the first three of most
 * weight, made to never fall with length, and the excess of words over one token lowered by a fifth, because names in code of
 * one project are mostly made of common words. The figures for scripts other than Latin are of prose.
 */
export const PIECE_COSTS: Readonly<Record<PieceKind, PieceCost>> = {
  bareLower: {
    byLength: [100, 100, 106, 106, 106, 113, 123, 123, 139, 140, 140, 168, 185, 252, 269],
    more: 20,
  },
  bareCapital: {
    byLength: [100, 104, 104, 104, 105, 105, 106, 110, 114, 121, 121, 121, 126, 132, 180],
    more: 20,
  },
  bareUpper: {
    byLength: [100, 106, 134, 165, 173, 175, 214, 225, 241, 246, 260, 300, 335, 356, 380],
    more: 45,
  },
  spacedLower: {
    byLength: [100, 101, 103, 103, 103, 104, 110, 110, 118, 118, 122, 140, 146, 156, 176],
    more: 50,
  },
  spacedCapital: {
    byLength: [100, 101, 106, 106, 106, 108, 109, 126, 126, 140, 144, 157, 157, 164, 180],
    more: 50,
  },
  spacedUpper: {
    byLength: [100, 102, 130, 130, 142, 166, 183, 187, 215, 241, 241, 244, 260, 284, 308],
    more: 50,
  },
  markedLower: {
    byLength: [102, 111, 114, 114, 118, 119, 140, 142, 160, 175, 201, 222, 235, 252, 292],
    more: 30,
  },
  markedCapital: {
    byLength: [100, 137, 137, 137, 156, 158, 162, 166, 181, 190, 190, 204, 218, 236, 260],
    more: 30,
  },
  markedUpper: {
    byLength: [102, 129, 130, 130, 140, 157, 184, 194, 241, 241, 244, 281, 340, 390, 420],
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
