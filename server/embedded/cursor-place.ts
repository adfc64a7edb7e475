import { lowerBound } from "../base/lower-bound.ts"
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
  const next = lowerBound(starts, offset)
  const lineEnd = text.indexOf("\n", offset)
  // The breaks around an empty line are one token: only the text tells that the next token is on another line.
  const below = lineEnd < 0 ? packed.length : lowerBound(starts, lineEnd + 1)
  const gap = blank && !lineStart ? "space" : "unknown"
  const context = CursorContext.at(packed, token, below, gap, document.brackets)
  const prefix = text.slice(start, offset)
  return {
    token,
    context,
    typed: prefix,
    apart: blank || lineStart,
    standing: codesIn(packed, next, Math.min(below, next + STANDING)),
    ahead: new Set(codesIn(packed, below, Math.min(packed.length, below + AHEAD))),
  }
}

/** How many tokens behind the cursor on its line, and on the next line, are looked at. */
const STANDING = 8
const AHEAD = 13

/** Codes of the tokens from..to up to the first line break. */
function codesIn(packed: Int32Array, from: number, to: number): readonly number[] {
  const codes: number[] = []
  for (let i = from; i < to; i++) {
    if ((packed[i]! & PACK_KIND) === TokenKind.lineBreak) break
    codes.push(concreteCode(packed[i]!))
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
