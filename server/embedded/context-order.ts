import { PACK_KIND, PACK_SHIFT } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"

/** The packed token that stands between two files; equals no token of a text. */
export const SEPARATOR = -1

/** How many tokens before a position decide its place in an order; a power of two. */
export const DEPTH = 32

/** Bit per kind whose tokens are one class in the shape of code: identifiers, numbers, strings. */
const SHAPED_KINDS = (1 << TokenKind.identifier) | (1 << TokenKind.number) | (1 << TokenKind.string)

/** Whether a packed token is abstracted in the shape of code. */
export function isShaped(packed: number): boolean {
  return ((SHAPED_KINDS >> (packed & PACK_KIND)) & 1) === 1
}

/** What a packed token is in the concrete stream: its id; -1 for a separator. */
export function concreteCode(packed: number): number {
  return packed >> PACK_SHIFT
}

/** What a packed token is in the shape stream: its id, or one negative code for each abstracted kind. */
export function shapeCode(packed: number): number {
  return isShaped(packed) ? -2 - (packed & PACK_KIND) : packed >> PACK_SHIFT
}

/** Added to a code so that it is never negative. */
const CODE_OFFSET = 16

/**
 * The positions 0..n-1 ordered by the codes of the tokens before them, the nearest first, `DEPTH` deep; a position
 * that runs out of tokens comes before the others. Prefix doubling: O(n log DEPTH) time, 20 bytes per token at work.
 */
export function orderContexts(codes: Int32Array): Int32Array<ArrayBuffer> {
  const n = codes.length
  let order = orderByPrevious(codes)
  let rank = firstRanks(codes, order)
  let spareOrder = new Int32Array(n)
  let spareRank = new Int32Array(n)
  const cursor = new Int32Array(n)
  for (let distance = 1; distance < DEPTH; distance *= 2) {
    refine(order, rank, cursor, spareOrder, distance)
    const groups = rerank(spareOrder, rank, spareRank, distance)
    ;[order, spareOrder] = [spareOrder, order]
    ;[rank, spareRank] = [spareRank, rank]
    if (groups === n) break
  }
  return order
}

/** Positions ordered by the token before them only: a stable radix sort, 11 bits at a time. */
function orderByPrevious(codes: Int32Array): Int32Array<ArrayBuffer> {
  const n = codes.length
  let largest = 0
  for (let p = 0; p < n; p++) largest = Math.max(largest, codes[p]! + CODE_OFFSET)
  let from = new Int32Array(n)
  let to = new Int32Array(n)
  for (let p = 0; p < n; p++) from[p] = p
  const counts = new Int32Array(2049)
  for (let shift = 0; shift < 31 && (shift === 0 || largest >> shift > 0); shift += 11) {
    counts.fill(0)
    for (let p = 0; p < n; p++) counts[digit(codes, p, shift) + 1]!++
    for (let i = 1; i <= 2048; i++) counts[i]! += counts[i - 1]!
    for (let i = 0; i < n; i++) {
      const p = from[i]!
      const at = counts[digit(codes, p, shift)]!++
      to[at] = p
    }
    ;[from, to] = [to, from]
  }
  return from
}

function digit(codes: Int32Array, position: number, shift: number): number {
  return position === 0 ? 0 : ((codes[position - 1]! + CODE_OFFSET) >> shift) & 2047
}

/** Rank = index in `order` of the first position with an equal key. */
function firstRanks(codes: Int32Array, order: Int32Array): Int32Array<ArrayBuffer> {
  const rank = new Int32Array(order.length)
  let group = 0
  let key = -1
  for (let i = 0; i < order.length; i++) {
    const p = order[i]!
    const mine = p === 0 ? 0 : codes[p - 1]! + CODE_OFFSET
    if (mine !== key) group = i
    key = mine
    rank[p] = group
  }
  return rank
}

/** Stable re-sort of every group of equal rank by the rank `distance` tokens further back. */
function refine(
  order: Int32Array,
  rank: Int32Array,
  cursor: Int32Array,
  out: Int32Array,
  distance: number,
): void {
  const n = order.length
  for (let i = 0; i < n; i++) cursor[i] = i
  for (let p = 0; p < Math.min(distance, n); p++) out[cursor[rank[p]!]!++] = p
  for (let i = 0; i < n; i++) {
    const p = order[i]! + distance
    if (p < n) out[cursor[rank[p]!]!++] = p
  }
}

/** Ranks after a refinement; returns how many groups there are. */
function rerank(order: Int32Array, rank: Int32Array, out: Int32Array, distance: number): number {
  let groups = 0
  let group = 0
  let last = -1
  let lastBack = -1
  for (let i = 0; i < order.length; i++) {
    const p = order[i]!
    const mine = rank[p]!
    const back = p >= distance ? rank[p - distance]! : -1
    if (mine !== last || back !== lastBack || i === 0) {
      group = i
      groups++
    }
    last = mine
    lastBack = back
    out[p] = group
  }
  return groups
}
