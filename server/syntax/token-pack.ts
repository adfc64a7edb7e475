import { TokenKind, type TokenStream } from "./tokens.ts"

/** Bits below the id in a packed token: kind (3) and whether white space stands before (1). */
export const PACK_SHIFT = 4
/** Set in a packed token that has white space or a comment before it. */
export const PACK_SPACE = 8
/** Mask of the kind in a packed token. */
export const PACK_KIND = 7

/** One packed token: `id << 4 | spaceBefore << 3 | kind`. */
export function packToken(id: number, spaceBefore: boolean, kind: number): number {
  return (id << PACK_SHIFT) | (spaceBefore ? PACK_SPACE : 0) | kind
}

/**
 * The tokens of a text as integers, `id << 4 | spaceBefore << 3 | kind` each; ids are what `intern` gives for the
 * token's text, and for "\n" at every line break.
 */
export function packTokens(
  text: string,
  stream: TokenStream,
  intern: (text: string) => number,
): Int32Array<ArrayBuffer> {
  return packSpans(stream, intern("\n"), (start, end) => intern(text.slice(start, end)))
}

/** As `packTokens`: every line break gets the id `lineBreak`, every other token what `idOf` gives for its place. */
export function packSpans(
  { count, kinds, starts, ends }: TokenStream,
  lineBreak: number,
  idOf: (start: number, end: number) => number,
): Int32Array<ArrayBuffer> {
  const packed = new Int32Array(count)
  let before = 0
  for (let i = 0; i < count; i++) {
    const kind = kinds[i]!
    const start = starts[i]!
    const end = ends[i]!
    const id = kind === TokenKind.lineBreak ? lineBreak : idOf(start, end)
    packed[i] = packToken(id, start > before, kind)
    before = end
  }
  return packed
}
