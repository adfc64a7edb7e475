import { PACK_KIND } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode, DEPTH, orderContexts, SEPARATOR, SortSpace, shapeCode } from "./context-order.ts"

/** A stretch of packed tokens that can be searched by context. All columns have one entry per token. */
export interface TokenBlock {
  /** Packed tokens; `SEPARATOR` between files. */
  readonly tokens: Int32Array
  /** Positions ordered by the concrete tokens before them. */
  readonly concrete: Int32Array
  /** Positions ordered by the shape of the tokens before them. */
  readonly shape: Int32Array
}

/** A block of no tokens. */
export const EMPTY_BLOCK: TokenBlock = {
  tokens: new Int32Array(0),
  concrete: new Int32Array(0),
  shape: new Int32Array(0),
}

/**
 * Sorts a stretch of packed tokens; about 0.3 microseconds per token on one core. Works in `space`, and has the columns of
 * the block made by `column`.
 */
export function sortBlock(
  tokens: Int32Array,
  space: SortSpace = new SortSpace(),
  column: (length: number) => Int32Array = length => new Int32Array(length),
): TokenBlock {
  const { length } = tokens
  return {
    tokens,
    concrete: orderContexts(tokens, concreteCode, space, column(length)),
    shape: orderContexts(tokens, shapeCode, space, column(length)),
  }
}

/** How many tokens before `position` the same token stood last; 0 if not within `most`. */
export function lastOccurrence(tokens: Int32Array, position: number, most: number): number {
  const code = concreteCode(tokens[position]!)
  const reach = Math.min(most, position)
  for (let back = 1; back <= reach; back++) if (concreteCode(tokens[position - back]!) === code) return back
  return 0
}

/** How many tokens after `position` the next line break stands, 0 at one; -1 if its file has none within `most`. */
export function nextBreak(tokens: Int32Array, position: number, most: number): number {
  const reach = Math.min(most, tokens.length - 1 - position)
  for (let ahead = 0; ahead <= reach; ahead++) {
    const token = tokens[position + ahead]!
    if ((token & PACK_KIND) === TokenKind.lineBreak) return ahead
    if (token === SEPARATOR) return -1
  }
  return -1
}

/** Less than every code. */
const NO_CODE = -100

/** The nested stretches of an order whose contexts agree with the last 1, 2, … tokens of a query. */
export class ContextRanges {
  /** Agreeing tokens of the deepest stretch that is not empty. */
  depth = 0
  /** First and past-the-last index in the order, by number of agreeing tokens (0 to `depth`). */
  readonly low: Int32Array = new Int32Array(DEPTH + 1)
  readonly high: Int32Array = new Int32Array(DEPTH + 1)

  /** Finds the stretches for `query`, codes with the nearest token first, of which `length` count. */
  find(block: TokenBlock, shaped: boolean, query: Int32Array, length: number): void {
    const order = shaped ? block.shape : block.concrete
    const most = Math.min(length, DEPTH)
    this.low[0] = 0
    this.high[0] = order.length
    this.depth = 0
    while (this.depth < most) {
      const code = query[this.depth]!
      const offset = this.depth + 1
      const { low, high } = this
      const from = bound(block.tokens, order, shaped, offset, code, low[this.depth]!, high[this.depth]!)
      const to = bound(block.tokens, order, shaped, offset, code + 1, from, high[this.depth]!)
      if (from === to) return
      this.depth++
      low[this.depth] = from
      high[this.depth] = to
    }
  }
}

/** First index in low..high whose token `offset` back is not below `code`. */
function bound(
  tokens: Int32Array,
  order: Int32Array,
  shaped: boolean,
  offset: number,
  code: number,
  low: number,
  high: number,
): number {
  let from = low
  let to = high
  while (from < to) {
    const middle = (from + to) >> 1
    const at = order[middle]! - offset
    const found = at < 0 ? NO_CODE : shaped ? shapeCode(tokens[at]!) : concreteCode(tokens[at]!)
    if (found < code) from = middle + 1
    else to = middle
  }
  return from
}
