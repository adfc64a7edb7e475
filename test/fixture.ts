/** A `//^^^ label` of a fixture: what it points at in the line above. */
interface FixtureLabel {
  /** Zero-based line of the file's text (label lines are taken out). */
  readonly line: number
  /** Columns under the first and after the last caret, UTF-16 code units. */
  readonly start: number
  readonly end: number
  readonly label: string
}

/** One file of a fixture, with its marks taken out of the text. */
interface FixtureFile {
  /** As written after `//- `; `/main.ts` for a fixture without headers. */
  readonly path: string
  readonly text: string
  /** Words after the path: `open`, `disk`, `dirty`. */
  readonly flags: ReadonlySet<string>
  /** Offsets of each `<|>` in `text`, ascending: one is a cursor, two are a selection. */
  readonly cursors: readonly number[]
  readonly labels: readonly FixtureLabel[]
}

/** The files of one fixture in the order written. */
interface Fixture {
  readonly files: readonly FixtureFile[]
}

const HEADER = /^\/\/- (\S+)(.*)$/
const LABEL = /^\s*\/\/\s*(\^+)\s*(.*)$/
const CURSOR = "<|>"

/**
 * Reads the fixture notation: `//- /path open` starts a file, `<|>` is a cursor, `//^^^ label` labels the line above.
 * A fixture that starts with a line break (a template literal) loses that break, its common indentation and a blank last line.
 * Throws Error if text stands before the first header or a label has no line above.
 */
export function parseFixture(source: string): Fixture {
  const lines = source.startsWith("\n") ? dedent(source.slice(1)) : source.split("\n")
  if (!lines.some(line => HEADER.test(line))) return { files: [readFile("/main.ts", "", lines)] }
  const files: FixtureFile[] = []
  const starts = lines.flatMap((line, at) => (HEADER.test(line) ? [at] : []))
  if (lines.slice(0, starts[0]).some(line => line.trim() !== "")) {
    throw new Error(`text before the first fixture header: ${lines[0]}`)
  }
  starts.forEach((start, index) => {
    const [, path, flags] = HEADER.exec(lines[start]!)!
    const end = starts[index + 1]
    // Each but the last file ends with the break before the next header.
    const body = end === undefined ? lines.slice(start + 1) : [...lines.slice(start + 1, end), ""]
    files.push(readFile(path!, flags!, body))
  })
  return { files }
}

function dedent(source: string): string[] {
  const lines = source.split("\n")
  if (lines.at(-1)!.trim() === "") lines[lines.length - 1] = ""
  const filled = lines.filter(line => line.trim() !== "")
  const indent = Math.min(...filled.map(line => line.length - line.trimStart().length))
  return lines.map(line => line.slice(Math.min(indent, line.length)))
}

function readFile(path: string, flags: string, lines: readonly string[]): FixtureFile {
  const kept: string[] = []
  const labels: FixtureLabel[] = []
  const cursors: number[] = []
  let offset = 0
  for (const line of lines) {
    const mark = LABEL.exec(line)
    if (mark) {
      if (kept.length === 0) throw new Error(`no line above the label: ${line}`)
      const start = line.indexOf("^")
      labels.push({ line: kept.length - 1, start, end: start + mark[1]!.length, label: mark[2]!.trimEnd() })
      continue
    }
    const parts = line.split(CURSOR)
    let at = offset
    for (const part of parts.slice(0, -1)) {
      at += part.length
      cursors.push(at)
    }
    const text = parts.join("")
    kept.push(text)
    offset += text.length + 1
  }
  return { path, text: kept.join("\n"), flags: new Set(flags.split(" ").filter(Boolean)), cursors, labels }
}
