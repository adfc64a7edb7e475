import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32, pickBelow, shuffled } from "../random.ts"

/** A function whose body is to be typed; `before + body + after` is the file as it was written. Line breaks are `\n`. */
export interface HeldOut {
  /** From the project's root. */
  readonly path: string
  /** Ends with the line break and the indentation in front of the body. */
  readonly before: string
  /** From its first unit that is not white space to its last, the closing brace's line not in it. */
  readonly body: string
  /** Begins with the line break in front of the closing brace. */
  readonly after: string
}

/** Bodies of so many lines and UTF-16 code units are typed: long enough for a block, short enough to type a hundred. */
const LINES = { least: 3, most: 8 }
const UNITS = { least: 60, most: 180 }

/** A line that opens a function or method; what else ends in a brace is no whole of its own. */
const OPENER =
  /^\s*(?!.*\b(?:if|for|while|switch|catch|else)\b)(?:.*\bfunction\b.*|(?:(?:public|private|protected|static|async|override|get|set)\s+)*[\w$#]+(?:<[^>]*>)?\(.*\).*|.*=>\s*)\{$/

/** Functions of different files, drawn by a seed: at most one from each. */
export function pickHeldOut(files: readonly SourceFile[], count: number, seed: number): readonly HeldOut[] {
  const random = mulberry32(seed)
  return shuffled(files, random)
    .flatMap(file => {
      const found = functionsOf(file)
      return found.length === 0 ? [] : [found[pickBelow(random, found.length)]!]
    })
    .slice(0, count)
}

/** Every function of a file that is of the right size, by its indentation. */
export function functionsOf({ path, text }: SourceFile): readonly HeldOut[] {
  if (text.includes("\r")) return []
  const lines = text.split("\n")
  return lines.flatMap((line, at) => {
    if (!OPENER.test(line)) return []
    const indent = indentOf(line)
    const end = lines.findIndex((each, below) => below > at && each !== "" && indentOf(each) <= indent)
    const count = end - at - 1
    if (end < 0 || !lines[end]!.trimStart().startsWith("}")) return []
    if (count < LINES.least || count > LINES.most) return []
    const inside = lines.slice(at + 1, end).join("\n")
    const body = inside.trim()
    if (body.length < UNITS.least || body.length > UNITS.most || !/^[\t\x20-\x7e\n]*$/.test(body)) return []
    const indentation = inside.slice(0, inside.indexOf(body))
    const before = `${lines.slice(0, at + 1).join("\n")}\n${indentation}`
    return [{ path, before, body, after: `\n${lines.slice(end).join("\n")}` }]
  })
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
