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

/** Room to sort in, kept between sorts: 16 bytes per token of the longest stretch sorted so far. */
export class SortSpace {
  #columns = fourColumns(0)

  /** Four columns of `length`, with anything in them. */
  columns(length: number): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
    if (length > this.#columns[0].length) this.#columns = fourColumns(length)
    const [a, b, c, d] = this.#columns
    return [a.subarray(0, length), b.subarray(0, length), c.subarray(0, length), d.subarray(0, length)]
  }
}

function fourColumns(length: number): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const column = (): Int32Array => new Int32Array(length)
  return [column(), column(), column(), column()]
}

/**
 * The positions 0..n-1 ordered by the codes of the tokens before them, the nearest first, `DEPTH` deep; a position
 * that runs out of tokens comes before the others. Prefix doubling: O(n log DEPTH) time. Written to `out`, n long.
 */
export function orderContexts(
  tokens: Int32Array,
  codeOf: (packed: number) => number,
  space: SortSpace = new SortSpace(),
  out: Int32Array = new Int32Array(tokens.length),
): Int32Array {
  const columns = space.columns(tokens.length)
  // Codes are looked at only before cursors are set.
  const [codes] = columns
  const [cursor] = columns
  let [, spareOrder, rank, spareRank] = columns
  let order = out
  for (let p = 0; p < tokens.length; p++) codes[p] = codeOf(tokens[p]!)
  orderByPrevious(codes, order, spareOrder)
  firstRanks(codes, order, rank)
  for (let distance = 1; distance < DEPTH; distance *= 2) {
    refine(order, rank, cursor, spareOrder, distance)
    const groups = rerank(spareOrder, rank, spareRank, distance)
    ;[order, spareOrder] = [spareOrder, order]
    ;[rank, spareRank] = [spareRank, rank]
    if (groups === tokens.length) break
  }
  if (order !== out) out.set(order)
  return out
}

/** Writes the positions ordered by the token before them only to `out`: a stable radix sort, 11 bits at a time. */
function orderByPrevious(codes: Int32Array, out: Int32Array, spare: Int32Array): void {
  const n = codes.length
  let largest = 0
  for (let p = 0; p < n; p++) largest = Math.max(largest, codes[p]! + CODE_OFFSET)
  let from = out
  let to = spare
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
  if (from !== out) out.set(from)
}

function digit(codes: Int32Array, position: number, shift: number): number {
  return position === 0 ? 0 : ((codes[position - 1]! + CODE_OFFSET) >> shift) & 2047
}

/** Rank = index in `order` of the first position with an equal key; written to `rank`. */
function firstRanks(codes: Int32Array, order: Int32Array, rank: Int32Array): void {
  let group = 0
  let key = -1
  for (let i = 0; i < order.length; i++) {
    const p = order[i]!
    const mine = p === 0 ? 0 : codes[p - 1]! + CODE_OFFSET
    if (mine !== key) group = i
    key = mine
    rank[p] = group
  }
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
