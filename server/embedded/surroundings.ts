import type { Interner } from "../base/interner.ts"
import { PACK_KIND } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode, SEPARATOR } from "./context-order.ts"

/** Concrete codes of the tokens that give code its frame. */
export interface Brackets {
  readonly round: number
  readonly square: number
  readonly curly: number
  readonly roundEnd: number
  readonly squareEnd: number
  readonly curlyEnd: number
  readonly comma: number
}

/** The codes that an interner gives to brackets and the comma. */
export function bracketsOf(interner: Interner): Brackets {
  const code = (text: string): number => interner.intern(text)
  return {
    round: code("("),
    square: code("["),
    curly: code("{"),
    roundEnd: code(")"),
    squareEnd: code("]"),
    curlyEnd: code("}"),
    comma: code(","),
  }
}

/** How many tokens back the surroundings of a place are looked for. */
export const SURROUNDINGS_SPAN = 40

/** Marks what was not found within the span. */
const UNKNOWN = -2

/** What a place stands in; codes are concrete. */
export interface Surroundings {
  /** The innermost bracket that is open. */
  opener: number
  /** The token before it, such as the name of the function called. */
  callee: number
  /** Commas between the opener and the place, outside inner brackets. */
  commas: number
  /** First token of the line; of the line before, where the place starts a line. */
  head: number
  /** Tokens between the line's start and the place, at most the span. */
  column: number
  /** Brackets met that are closed before the place; of use while reading only. */
  closed: number
}

/** Surroundings to be filled by `readSurroundings`. */
export function newSurroundings(): Surroundings {
  return { opener: UNKNOWN, callee: UNKNOWN, commas: 0, head: UNKNOWN, column: 0, closed: 0 }
}

/** Writes the surroundings of `position` into `out`. */
export function readSurroundings(
  tokens: Int32Array,
  position: number,
  brackets: Brackets,
  out: Surroundings,
): void {
  out.opener = UNKNOWN
  out.callee = UNKNOWN
  out.commas = 0
  out.head = UNKNOWN
  out.column = SURROUNDINGS_SPAN
  out.closed = 0
  const from = Math.max(0, position - SURROUNDINGS_SPAN)
  for (let p = position - 1; p >= from; p--) {
    const packed = tokens[p]!
    if (packed === SEPARATOR) {
      out.column = Math.min(out.column, position - 1 - p)
      return
    }
    const kind = packed & PACK_KIND
    if (kind === TokenKind.lineBreak) meetBreak(tokens, position, p, out)
    else if (kind === TokenKind.punctuation && out.opener === UNKNOWN) meetMark(tokens, p, brackets, out)
    if (out.opener !== UNKNOWN && out.head !== UNKNOWN) return
  }
}

function meetBreak(tokens: Int32Array, position: number, p: number, out: Surroundings): void {
  out.column = Math.min(out.column, position - 1 - p)
  if (out.head === UNKNOWN && p < position - 1) out.head = concreteCode(tokens[p + 1]!)
}

function meetMark(tokens: Int32Array, p: number, brackets: Brackets, out: Surroundings): void {
  const code = concreteCode(tokens[p]!)
  if (code === brackets.comma) {
    if (out.closed === 0) out.commas++
  } else if (code === brackets.roundEnd || code === brackets.squareEnd || code === brackets.curlyEnd) {
    out.closed++
  } else if (code === brackets.round || code === brackets.square || code === brackets.curly) {
    if (out.closed-- > 0) return
    out.opener = code
    out.callee = p > 0 ? concreteCode(tokens[p - 1]!) : SEPARATOR
  }
}

/** How far two places agree in what they stand in, 0 to 6. */
export function frameAgreement(a: Surroundings, b: Surroundings): number {
  if (a.opener === UNKNOWN || b.opener === UNKNOWN) return a.opener === b.opener ? 0 : 1
  if (a.opener !== b.opener) return 2
  const sameArgument = a.commas === b.commas ? 1 : 0
  return (a.callee === b.callee ? 5 : 3) + sameArgument
}

/** How far two places agree in the heads of their lines, 0 to 5. */
export function headAgreement(a: Surroundings, b: Surroundings, lineLength: number): number {
  const agreement = a.head === UNKNOWN || b.head === UNKNOWN ? 0 : a.head === b.head ? 2 : 1
  return agreement + (lineLength === 0 ? 3 : 0)
}
