import { TokenKind } from "../../../server/syntax/tokens.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32, pickBelow, type Random, shuffled } from "../random.ts"
import { type LinePoint, pointAt, type Snapshot, type Tokenize } from "./line-point.ts"

/** Files with fewer tokens are not drawn from. */
const MIN_FILE_TOKENS = 150

/** A project with lines drawn from its own files: `lines` of them over `files` files, each file's own version hidden by its document. */
export function leaveOneOut(
  group: string,
  sources: readonly SourceFile[],
  draw: { readonly files: number; readonly lines: number; readonly seeds: readonly number[] },
  tokenizers: readonly Tokenize[],
): Snapshot {
  const large = sources.filter(file => tokenizers[0]!(file.path, file.text).count > MIN_FILE_TOKENS)
  const points = draw.seeds.flatMap(seed => {
    const random = mulberry32(seed)
    const chosen = shuffled(large, random).slice(0, draw.files)
    const perFile = Math.ceil(draw.lines / Math.max(1, chosen.length))
    return chosen.flatMap(file => drawLines(file, perFile, seed, random, tokenizers))
  })
  return { group, files: sources, points }
}

function drawLines(
  file: SourceFile,
  count: number,
  seed: number,
  random: Random,
  tokenizers: readonly Tokenize[],
): LinePoint[] {
  const lines = codeLines(file, tokenizers[0]!)
  const points: LinePoint[] = []
  for (let drawn = 0; drawn < count && lines.length > 0; drawn++) {
    const { start, length } = lines[pickBelow(random, lines.length)]!
    const point = pointAt(file, start, length, seed, tokenizers)
    if (point) points.push(point)
  }
  return points
}

/** Lines that begin with a token and hold at least three, by the offset and length of what stands from the first token on. */
function codeLines(file: SourceFile, tokenize: Tokenize): { start: number; length: number }[] {
  const { kinds, starts, ends, count } = tokenize(file.path, file.text)
  const lines: { start: number; length: number }[] = []
  let first = 0
  for (let at = 0; at < count; at++) {
    if (kinds[at] !== TokenKind.lineBreak) continue
    if (at - first >= 3) lines.push({ start: starts[first]!, length: ends[at - 1]! - starts[first]! })
    first = at + 1
  }
  return lines
}
