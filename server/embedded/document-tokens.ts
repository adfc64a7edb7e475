import { lowerBound } from "../base/lower-bound.ts"
import { changeBetween } from "../base/text-change.ts"
import { Scanner } from "../syntax/lexer.ts"
import { TokenColumns } from "../syntax/token-columns.ts"
import { PACK_KIND, PACK_SPACE, packTokens } from "../syntax/token-pack.ts"
import { type Lexicon, TokenKind, type TokenStream } from "../syntax/tokens.ts"

/** The packed tokens of one text and where they stand. */
export interface PlacedTokens {
  readonly text: string
  readonly packed: Int32Array<ArrayBuffer>
  /** UTF-16 offsets, ends exclusive. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Lexes a whole text. */
export function placeTokens(text: string, lexicon: Lexicon, intern: (text: string) => number): PlacedTokens {
  const stream = scan(text, lexicon, 0, () => false)
  return { text, packed: packTokens(text, stream, intern), starts: stream.starts, ends: stream.ends }
}

/** The same tokens `placeTokens` would give for `text`, lexing only from before the change to where it has died out. */
export function replaceTokens(
  before: PlacedTokens,
  text: string,
  lexicon: Lexicon,
  intern: (text: string) => number,
): PlacedTokens {
  const change = changeBetween(before.text, text)
  if (change === null) return before
  const shift = text.length - before.text.length
  const safe = holes(before)
  const first = restartBefore(before, safe, change.start)
  const from = first === 0 ? 0 : before.starts[first]!
  let rest = before.packed.length
  const stream = scan(text, lexicon, from, (kind, start) => {
    if (kind !== TokenKind.lineBreak || start < change.start + change.text.length) return false
    const same = indexOfStart(before.starts, start - shift)
    if (same < 0 || safe[same] !== 0 || (before.packed[same]! & PACK_KIND) !== TokenKind.lineBreak)
      return false
    rest = same
    return true
  })
  const middle = packTokens(text, stream, intern)
  if (first > 0 && middle.length > 0) middle[0] = before.packed[first]!
  const packed = spliced(before.packed, first, rest, middle, 0)
  const starts = spliced(before.starts, first, rest, stream.starts, shift)
  const ends = spliced(before.ends, first, rest, stream.ends, shift)
  const joint = first + middle.length
  if (joint < packed.length) {
    const spaced = starts[joint]! > (joint === 0 ? 0 : ends[joint - 1]!)
    packed[joint] = (packed[joint]! & ~PACK_SPACE) | (spaced ? PACK_SPACE : 0)
  }
  return { text, packed, starts, ends }
}

/** Tokens from `from` until `stop` is true at one outside templates, which is left out. */
function scan(
  text: string,
  lexicon: Lexicon,
  from: number,
  stop: (kind: number, start: number) => boolean,
): TokenStream {
  const scanner = new Scanner(text, lexicon, from, text.length)
  const columns = new TokenColumns(64 + ((text.length - from) >> (from === 0 ? 2 : 6)))
  while (scanner.next()) {
    if (!scanner.inTemplate && stop(scanner.kind, scanner.start)) break
    columns.push(scanner.kind, scanner.start, scanner.end)
  }
  return columns.stream()
}

/**
 * Index of the last line break at `depth` 0, outside templates, that ends before `offset` and its neighbours, or 0. Not
 * one that is escaped: whether a string goes on there depends on what follows.
 */
function restartBefore(tokens: PlacedTokens, depth: Uint8Array, offset: number): number {
  let index = lowerBound(tokens.starts, offset) - 1
  for (; index > 0; index--) {
    const isBreak = (tokens.packed[index]! & PACK_KIND) === TokenKind.lineBreak
    const isSafe = isBreak && depth[index] === 0 && !isEscaped(tokens, index)
    if (isSafe && tokens.ends[index]! < offset) return index
  }
  return 0
}

function isEscaped({ text, starts }: PlacedTokens, index: number): boolean {
  const before = starts[index]! - 1
  return text[text[before] === "\r" ? before - 1 : before] === "\\"
}

/** For each token, how many template holes are open around it (at most 255). */
function holes(tokens: PlacedTokens): Uint8Array {
  const { packed, starts, ends, text } = tokens
  const depths = new Uint8Array(packed.length)
  let depth = 0
  for (let i = 0; i < packed.length; i++) {
    if ((packed[i]! & PACK_KIND) === TokenKind.string) {
      const first = text.charCodeAt(starts[i]!)
      if (first === 125 && depth > 0) depth--
      const opens = first === 96 || first === 125
      if (opens && text.charCodeAt(ends[i]! - 1) === 123 && text.charCodeAt(ends[i]! - 2) === 36) depth++
    }
    depths[i] = Math.min(255, depth)
  }
  return depths
}

function indexOfStart(starts: Int32Array, start: number): number {
  const index = lowerBound(starts, start)
  return starts[index] === start ? index : -1
}

/** `column` with the entries first..rest replaced by `middle`, and `shift` added to those from `rest` on. */
function spliced(
  column: Int32Array,
  first: number,
  rest: number,
  middle: Int32Array,
  shift: number,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(first + middle.length + column.length - rest)
  out.set(column.subarray(0, first))
  out.set(middle, first)
  out.set(column.subarray(rest), first + middle.length)
  if (shift !== 0) for (let i = first + middle.length; i < out.length; i++) out[i]! += shift
  return out
}
