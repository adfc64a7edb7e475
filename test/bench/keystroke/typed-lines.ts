import type { TextChange } from "../../../server/base/text-change.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32, pickBelow, shuffled } from "../random.ts"

/** A line of a file that is typed anew. */
export interface TypedLine {
  /** Index of the file. */
  readonly file: number
  /** Offset of the line's code in the text, and the code. */
  readonly start: number
  readonly code: string
}

const MIN_CODE = 8
const MAX_CODE = 100
const MIN_FILE_LINES = 40
/** One key for each character; no comment, no import. */
const TYPABLE = /^(?!\/\/|\/?\*|import |export \*)[ -~]+$/

/** `count` lines of code, each of another file as long as there are any. Equal seeds give equal lines. */
export function pickTypedLines(files: readonly SourceFile[], count: number, seed: number): TypedLine[] {
  const random = mulberry32(seed)
  const order = shuffled([...files.keys()], random)
  const picked: TypedLine[] = []
  const isTypable = ({ code }: TypedLine): boolean =>
    code.length >= MIN_CODE && code.length <= MAX_CODE && TYPABLE.test(code)
  const linesOf = new Map(order.map(file => [file, codeLines(file, files[file]!.text).filter(isTypable)]))
  while (picked.length < count) {
    const before = picked.length
    for (const file of order) {
      const lines = linesOf.get(file)!
      if (lines.length < MIN_FILE_LINES || picked.length === count) continue
      picked.push(lines.splice(pickBelow(random, lines.length), 1)[0]!)
    }
    if (picked.length === before) break
  }
  return picked
}

/** The keys that take a line's code out, at once, and type it again unit by unit. */
export function keysOf({ start, code }: TypedLine): TextChange[] {
  const typed = [...code].map((text, at) => ({ start: start + at, end: start + at, text }))
  return [{ start, end: start + code.length, text: "" }, ...typed]
}

function codeLines(file: number, text: string): TypedLine[] {
  let offset = 0
  return text.split("\n").map(line => {
    const code = line.trim()
    const start = offset + line.indexOf(code)
    offset += line.length + 1
    return { file, start, code }
  })
}
