import { PACK_KIND, PACK_SHIFT } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode } from "./context-order.ts"
import { CursorContext } from "./cursor-context.ts"
import type { OpenDocument } from "./open-document.ts"
import type { Candidate } from "./prediction.ts"

/** Probability kept for strings that no place votes for, when those that begin as typed share the rest. */
const UNSEEN = 0.02

/** A cursor in a document, in tokens. */
export interface CursorPlace {
  /** Index of the token to predict: the one being typed, else the first that ends behind the cursor. */
  readonly token: number
  readonly context: CursorContext
  /** The start of the token being typed, or "". */
  readonly typed: string
  /** Whether white space or a line's start stands directly before the token to predict. */
  readonly apart: boolean
  /** Codes of the tokens behind the cursor on its line, without the one being typed. */
  readonly standing: readonly number[]
  /** Codes on the next line with anything on it. */
  readonly ahead: ReadonlySet<number>
}

/** The place of `offset`, whose `typed` units before it belong to the token to predict. */
export function cursorAt(document: OpenDocument, offset: number, typed: number): CursorPlace {
  const { text, packed, starts } = document.placed
  const start = offset - typed
  const token = document.tokenAfter(start)
  const before = start === 0 ? 10 : text.charCodeAt(start - 1)
  const lineStart = token === 0 || (packed[token - 1]! & PACK_KIND) === TokenKind.lineBreak
  const blank = before === 32 || before === 9
  const context = CursorContext.at(
    packed,
    token,
    blank && !lineStart ? "space" : "unknown",
    document.brackets,
  )
  const prefix = text.slice(start, offset)
  let next = token
  while (next < packed.length && starts[next]! < offset) next++
  return {
    token,
    context,
    typed: prefix,
    apart: blank || lineStart,
    standing: standingAt(packed, next),
    ahead: codesAhead(packed, next),
  }
}

function standingAt(packed: Int32Array, from: number): readonly number[] {
  const codes: number[] = []
  for (let i = from; i < packed.length && codes.length < 8; i++) {
    if ((packed[i]! & PACK_KIND) === TokenKind.lineBreak) break
    codes.push(concreteCode(packed[i]!))
  }
  return codes
}

/** How many tokens of the next line are looked at. */
const AHEAD = 13

function codesAhead(packed: Int32Array, from: number): ReadonlySet<number> {
  let at = from
  while (at < packed.length && (packed[at]! & PACK_KIND) !== TokenKind.lineBreak) at++
  const codes = new Set<number>()
  for (let i = at + 1; i < Math.min(packed.length, at + 1 + AHEAD); i++) {
    if ((packed[i]! & PACK_KIND) === TokenKind.lineBreak) break
    codes.add(concreteCode(packed[i]!))
  }
  return codes
}

/** The voted strings that begin as typed, opening quote included, probabilities shared among them. */
export function completedStrings(
  candidates: readonly Candidate[],
  document: OpenDocument,
  typed: string,
): readonly Candidate[] {
  const fitting = candidates.filter(
    ({ token }) =>
      (token & PACK_KIND) === TokenKind.string && document.textOf(token >> PACK_SHIFT).startsWith(typed),
  )
  const total = fitting.reduce((sum, { probability }) => sum + probability, UNSEEN)
  return fitting.map(candidate => ({ ...candidate, probability: candidate.probability / total }))
}
