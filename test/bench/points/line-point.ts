import { TokenKind, type TokenStream } from "../../../server/syntax/tokens.ts"
import type { SourceFile } from "../corpus/source-files.ts"

/** Cuts a file's text into tokens; the path tells the language. */
export type Tokenize = (path: string, text: string) => TokenStream

/** One line to be guessed, in a document as it stood when the line was written. */
export interface LinePoint {
  /** Path of the document from the project's root. */
  readonly path: string
  /** The document with the line still in it; later lines of the same change are not. */
  readonly text: string
  /** The line's tokens: offsets into `text` (UTF-16 code units, ends exclusive) and `TokenKind`s; at least three. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly kinds: readonly number[]
  /** Where the visible text goes on: the line break after the line. */
  readonly resume: number
  /** Seed of the sampling that drew it. */
  readonly seed: number
}

/** A project at one moment, and lines that were written next. */
export interface Snapshot {
  /** What the figures are averaged by: a package or a git folder. */
  readonly group: string
  /** Everything the engines may learn from; the point's own document hides its older version here. */
  readonly files: readonly SourceFile[]
  readonly points: readonly LinePoint[]
}

/** Fewest tokens of a line worth guessing. */
const MIN_TOKENS = 3

/**
 * The point for the line of `text` that starts at `lineStart` and is `length` units long (without its break), or null if it is not usable:
 * fewer than three tokens, starting or ending inside a token of several lines, or cut in different tokens by the tokenizers.
 */
export function pointAt(
  document: SourceFile,
  lineStart: number,
  length: number,
  seed: number,
  tokenizers: readonly Tokenize[],
): LinePoint | null {
  let agreed: LinePoint | null = null
  for (const tokenize of tokenizers) {
    const tokens = tokenize(document.path, document.text)
    const point = cutLine(document, lineStart, length, seed, tokens)
    if (point === null || (agreed !== null && !sameTokens(agreed, point))) return null
    agreed ??= point
  }
  return agreed
}

function cutLine(
  document: SourceFile,
  lineStart: number,
  length: number,
  seed: number,
  tokens: TokenStream,
): LinePoint | null {
  const { starts, kinds, count } = tokens
  let first = 0
  while (first < count && (starts[first]! < lineStart || kinds[first] === TokenKind.lineBreak)) first++
  let past = first
  while (past < count && kinds[past] !== TokenKind.lineBreak) past++
  if (first < 1 || past >= count || past - first < MIN_TOKENS) return null
  const lineEnd = lineStart + length
  const startsItsLine = kinds[first - 1] === TokenKind.lineBreak && starts[first]! < lineEnd
  if (!startsItsLine || starts[past - 1]! > lineEnd) return null
  return {
    ...document,
    starts: [...starts.subarray(first, past)],
    ends: [...tokens.ends.subarray(first, past)],
    kinds: [...kinds.subarray(first, past)],
    resume: starts[past]!,
    seed,
  }
}

function sameTokens(a: LinePoint, b: LinePoint): boolean {
  const same = (x: readonly number[], y: readonly number[]): boolean =>
    x.length === y.length && x.every((value, at) => value === y[at])
  return same(a.starts, b.starts) && same(a.ends, b.ends)
}
