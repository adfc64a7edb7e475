import { columnsOf, indentOf } from "../../../base/indent.ts"
import type { Place } from "../asking/place.ts"

/** How a document indents. */
interface IndentStyle {
  readonly tabs: boolean
  /** Columns that one tab, or one level of spaces, stands for. */
  readonly size: number
}

/** Lines before and after the cursor that tell how the document indents. */
const SAMPLE = 150
const USUAL_SIZE = 4
/** Spaces that one level of an answer can be. */
const LEVELS: ReadonlySet<number> = new Set([2, 3, 4, 8])

/** Ends of lines after which the next one is deeper, unless it closes again. */
const GOES_DEEPER = /[{([:,=]$|=>$/
const CLOSES = /^\s*[)\]}]/

/** How the document at a place indents; what the cursor's own line does counts most. */
export function indentStyleOf({ document: { text, lines }, offset }: Place): IndentStyle {
  const here = lines.lineAt(offset)
  const own = indentOf(text.slice(lines.startOf(here), offset))
  let tabbed = 0
  let spaced = 0
  const steps = new Map<number, number>()
  let before = 0
  const last = Math.min(lines.count, here + SAMPLE)
  for (let line = Math.max(0, here - SAMPLE); line < last; line++) {
    const start = lines.startOf(line)
    const indent = indentOf(text.slice(start, Math.min(lines.startOf(line + 1), start + 120)))
    if (/^[\r\n]?$/.test(text.charAt(start + indent.length))) continue
    if (indent.startsWith("\t")) tabbed++
    else if (indent !== "") spaced++
    const step = Math.abs(indent.length - before)
    if (step > 1 && step <= 8) steps.set(step, (steps.get(step) ?? 0) + 1)
    before = indent.length
  }
  const tabs = own === "" ? tabbed > spaced : own.startsWith("\t")
  const [size] = [...steps].sort((a, b) => b[1] - a[1])[0] ?? [USUAL_SIZE]
  return { tabs, size: tabs ? USUAL_SIZE : size }
}

/**
 * Gives the lines of an answer the indentation of the document: its tabs or spaces, and as deep as the first line says that
 * the answer should have been.
 */
export class Indenter {
  readonly #style: IndentStyle
  readonly #typedIndent: string
  /** Columns by which every line is moved. */
  #shift = 0
  /** Columns of one of the answer's own levels, where it writes spaces and the document tabs. */
  #spacesPerTab: number
  #knowsSpaces = false
  /** The first line, where it came without its indentation: the next one says whether all of them do. */
  #bareFirst: string | null = null

  constructor(style: IndentStyle, typedIndent: string) {
    this.#style = style
    this.#typedIndent = typedIndent
    this.#spacesPerTab = style.size
  }

  /** Learns from the answer's first line, which began with `indent` where the document has the typed indentation, and went on with `code`. */
  learn(indent: string, code: string): void {
    if (indent === this.#typedIndent) return
    if (indent === "") {
      this.#bareFirst = code
      return
    }
    const { tabs, size } = this.#style
    if (tabs && !indent.includes("\t") && this.#typedIndent !== "") {
      const perTab = indent.length / this.#typedIndent.length
      if (LEVELS.has(perTab)) {
        this.#spacesPerTab = perTab
        this.#knowsSpaces = true
        return
      }
    }
    const own = columnsOf(this.#typedIndent, size)
    this.#shift = own - this.#columns(indent)
  }

  /** Columns, in the document's terms, that a line of the answer will begin at. */
  columns(line: string): number {
    this.#settle(line)
    return Math.max(0, this.#columns(indentOf(line)) + this.#shift)
  }

  /** A later line of the answer as the document would have it. */
  line(line: string): string {
    const indent = indentOf(line)
    this.#settle(line)
    const { tabs, size } = this.#style
    const isOwnStyle = tabs ? !indent.includes(" ") : !indent.includes("\t")
    if (isOwnStyle && this.#shift === 0) return line
    const columns = this.columns(line)
    const fresh = tabs
      ? "\t".repeat(Math.floor(columns / size)) + " ".repeat(columns % size)
      : " ".repeat(columns)
    return fresh + line.slice(indent.length)
  }

  /** Many models leave out the indentation of the first line alone: then the second is no less deep than the first should be. */
  #settle(line: string): void {
    const first = this.#bareFirst
    if (first === null || line.trim() === "") return
    this.#bareFirst = null
    const own = columnsOf(this.#typedIndent, this.#style.size)
    const goesDeeper = GOES_DEEPER.test(first.trimEnd()) && !CLOSES.test(line)
    const isDeeper = goesDeeper || /^\s*\./.test(line)
    if (this.#columns(indentOf(line)) < own + (isDeeper ? 1 : 0)) this.#shift = own
  }

  #columns(indent: string): number {
    const { tabs, size } = this.#style
    if (!tabs || indent === "" || indent.includes("\t")) return columnsOf(indent, size)
    if (!this.#knowsSpaces && LEVELS.has(indent.length)) this.#spacesPerTab = indent.length
    this.#knowsSpaces = true
    return Math.round((indent.length * size) / this.#spacesPerTab)
  }
}
