import { MAX_SOURCE_BYTES, type SourceFile } from "../corpus/source-files.ts"
import { pickBelow, type Random } from "../random.ts"
import type { Hunk } from "./hunks.ts"
import { type LinePoint, pointAt, type Tokenize } from "./line-point.ts"

/** How a draw of added lines is made. */
interface AddedLineDraw {
  readonly hunks: readonly Hunk[]
  /** The new text of a file named by a hunk. */
  readonly newText: (path: string) => string
  /** Most points wanted; fewer come back when too many draws are not usable. */
  readonly count: number
  readonly seed: number
  readonly random: Random
  readonly tokenizers: readonly Tokenize[]
}

/** Draws per wanted point before giving up. */
const TRIES_PER_POINT = 6

/**
 * Draws lines uniformly over all added lines. Each document is the new file up to the line, then what follows the line's
 * hunk: the rest of the hunk is not yet written.
 */
export function drawAddedLines(draw: AddedLineDraw): LinePoint[] {
  const { hunks, random } = draw
  const added = hunks.reduce((sum, hunk) => sum + hunk.count, 0)
  const points: LinePoint[] = []
  for (let tries = 0; tries < draw.count * TRIES_PER_POINT && points.length < draw.count; tries++) {
    let index = pickBelow(random, added)
    const hunk = hunks.find(candidate => {
      if (index < candidate.count) return true
      index -= candidate.count
      return false
    })
    const point = hunk ? pointIn(draw, hunk, index) : null
    if (point) points.push(point)
  }
  return points
}

function pointIn(draw: AddedLineDraw, hunk: Hunk, index: number): LinePoint | null {
  const text = draw.newText(hunk.path)
  if (text.length > MAX_SOURCE_BYTES) return null
  const lines = text.split("\n")
  const at = hunk.from - 1 + index
  const line = lines[at] ?? ""
  if (at === 0 || line.trim() === "") return null
  const lineStart = lines.slice(0, at).join("\n").length + 1
  return pointAt(
    unfinished({ path: hunk.path, text }, hunk, at),
    lineStart,
    line.length,
    draw.seed,
    draw.tokenizers,
  )
}

/** The new file as it stood when line `at` (zero-based) of the hunk was the last one written. */
function unfinished(file: SourceFile, hunk: Hunk, at: number): SourceFile {
  const lines = file.text.split("\n")
  const before = lines.slice(0, at + 1).join("\n")
  const after = lines.slice(hunk.from - 1 + hunk.count).join("\n")
  return { path: file.path, text: `${before}\n${after}` }
}
