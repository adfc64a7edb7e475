import { columnsOf, indentOf } from "../../../base/indent.ts"
import { lexiconAt, type Place } from "../asking/place.ts"
import { isWithinBraces, type Surroundings, takesLines } from "../asking/surroundings.ts"
import type { StopReason } from "./answer-reader.ts"
import { closes, isCloser, loneBrackets } from "./brackets.ts"
import { indentStyleOf } from "./indentation.ts"
import { isSameLine } from "./next-line.ts"
import { linesBeforeRepetition } from "./repetition.ts"
import { tries } from "./syntax.ts"

/** An answer that ends at a line. */
interface Stop {
  readonly reason: StopReason
  /** Whether the line still belongs to it. */
  readonly keepsLine: boolean
}

/** Lines read of one answer, more than are ever shown: the rest is for later. */
const MAX_LINES = 60
/** UTF-16 code units read of one answer. */
const MAX_UNITS = 8000

/** Says where an answer ends, before it has ended. */
export class StopRules {
  readonly #place: Place
  readonly #around: Surroundings
  readonly #tabSize: number
  /** Columns that the line at the cursor begins at, once the answer has completed it. */
  #start = 0

  constructor(place: Place, around: Surroundings) {
    this.#place = place
    this.#around = around
    this.#tabSize = indentStyleOf(place).size
  }

  /** Takes note of the cursor's line, which goes on with `remainder`; whether the answer ends there with nothing new. */
  begin(remainder: string): boolean {
    const line = this.#around.typed + remainder
    this.#start = columnsOf(indentOf(line), this.#tabSize)
    return this.#around.rest.trim() === "" && remainder.trim() !== "" && isSameLine(line, this.#around.below)
  }

  /** Whether an answer ends at so many blank lines in a row. */
  endsAtBlanks(blanks: number, read: readonly string[]): boolean {
    if (blanks > 1) return true
    const last = read.length > 1 ? read.at(-1)! : this.#around.typed + read[0]!
    const isAtTop = this.#start === 0 && !/^\s|:$/.test(last.trimEnd())
    return isAtTop && last.trim() !== "" && this.#openers(read).length === 0
  }

  /**
   * Whether the answer ends before `line`, which is not blank, begins at `columns` and comes after `blanks` blank ones, or
   * with it; null if it goes on.
   */
  before(line: string, columns: number, blanks: number, read: readonly string[]): Stop | null {
    // What could stand right of the cursor would end up below.
    if (!takesLines(this.#around)) return { reason: "block-end", keepsLine: false }
    const openers = this.#openers(read)
    const unit = line.trimStart().charAt(0)
    if (isCloser(unit)) {
      // It stands right of the cursor.
      if (openers.length === 1 && isWithinBraces(this.#around))
        return { reason: "block-end", keepsLine: false }
      if (openers.some(opener => closes(unit, opener))) return null
      return { reason: "block-end", keepsLine: this.#lacks(line, read) }
    }
    if (openers.length > 0) return null
    if (isSameLine(line, this.#around.below)) return { reason: "next-line", keepsLine: false }
    if (columns < this.#start) return { reason: "dedent", keepsLine: false }
    const wasDeeper = columnsOf(indentOf(read.at(-1)!), this.#tabSize) > this.#start && read.length > 1
    if (blanks > 0 && columns === this.#start && wasDeeper && this.#around.typed.trim() !== "") {
      return { reason: "block-end", keepsLine: false }
    }
    return null
  }

  /** How many lines of an answer are worth keeping; fewer than there are where it repeats itself. */
  keptOf(read: readonly string[]): number {
    return linesBeforeRepetition(read)
  }

  /** Whether as much was read as is ever wanted. */
  isFull(read: readonly string[]): boolean {
    return read.length >= MAX_LINES || read.reduce((sum, line) => sum + line.length, 0) > MAX_UNITS
  }

  /** Brackets that stand open after what was read, those of the cursor's line included. */
  #openers(read: readonly string[]): readonly string[] {
    const text = this.#around.typed + read.join("\n")
    return loneBrackets(text, lexiconAt(this.#place)).openers.map(({ unit }) => unit)
  }

  /** Whether the document needs a closing line that the answer brings for a bracket of its own. */
  #lacks(line: string, read: readonly string[]): boolean {
    const { trial } = this.#place
    if (trial === null || trial.breakage.count === 0) return false
    const without = tries(this.#place, read.join("\n"), 0)
    const withLine = tries(this.#place, [...read, line].join("\n"), 0)
    return without !== null && withLine !== null && withLine.count < without.count
  }
}
