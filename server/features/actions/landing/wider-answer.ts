import type { CodeText } from "./code-text.ts"
import { type LineSpan, squeezed } from "./locate.ts"
import { declaredIn, pathAround } from "./outline.ts"
import type { Target } from "./target.ts"

/** Most parts of one answer that are tried. */
const MAX_PARTS = 4

/** What an answer gives that may be what was asked for: all of it, or a part. */
interface AnswerParts {
  readonly parts: readonly (readonly string[])[]
  /** Whether all of it may be the target: not if it begins and ends with what surrounds that. */
  readonly mayBeWhole: boolean
}

/**
 * The parts of an answer that may be what was asked for where it gives more: the class around a method, or the whole file.
 * `file` are the lines of the file as `squeezed` gives them, and `target` the lines that were asked for. What the answer says
 * before and behind such a part is what stands right above and below the target, blank lines aside: nothing else changes.
 */
export function partsAsked(code: readonly string[], file: readonly string[], target: LineSpan): AnswerParts {
  const answer = code.map(squeezed)
  const lines = answer.flatMap((line, at) => (line === "" ? [] : [at]))
  const said = lines.map(at => answer[at]!)
  const heads = overlaps(filled(file.slice(0, target.from)), said)
  const tails = overlaps(said, filled(file.slice(target.to)))
  const around = heads
    .flatMap(head => tails.map(tail => ({ head, tail })))
    .filter(({ head, tail }) => head + tail > 0 && head + tail < said.length)
  const parts = around.map(({ head, tail }) => code.slice(lines[head], lines[said.length - 1 - tail]! + 1))
  const mayBeWhole = around.every(({ head, tail }) => head === 0 || tail === 0)
  return { parts: parts.slice(0, MAX_PARTS), mayBeWhole }
}

/** Whether code, read on its own, declares anew what was asked for a part of. */
export function declaresAround(alone: CodeText, asked: CodeText, target: Target): boolean {
  const around = pathAround(asked, target).filter(name => name !== target.name)
  if (around.length === 0) return false
  const declared = declaredIn(alone, { start: 0, end: alone.text.length })
  return declared.some(({ path, name }) => path.length === 1 && around.includes(name))
}

/** Every number of lines, longest first and 0 at last, that end `first` and begin `second`. */
function overlaps(first: readonly string[], second: readonly string[]): readonly number[] {
  const found: number[] = []
  for (let length = Math.min(first.length, second.length); length > 0; length--) {
    const from = first.length - length
    if (first[from] === second[0] && first.every((line, at) => at < from || line === second[at - from]))
      found.push(length)
  }
  return [...found, 0]
}

function filled(lines: readonly string[]): readonly string[] {
  return lines.filter(line => line !== "")
}
