import { columnsOf, indentOf } from "../../../base/indent.ts"
import { lexiconAt, type Place } from "../asking/place.ts"
import type { Shape } from "../asking/shape.ts"
import { isWithinBraces, type Surroundings, takesLines } from "../asking/surroundings.ts"
import { loneBrackets } from "./brackets.ts"
import { isComplete } from "./complete-cut.ts"

/** Lines that are waited for before something is shown: of a block a few, of an empty one the whole body if it is short. */
const WANTED_LINES: Record<Shape["kind"], number> = { line: 1, block: 3, body: 9 }
/** Places tried, from the last line up, to find where something complete ends. */
const MAX_TRIALS = 3

/** Words at the start of a line that belong to a block above it. */
const GOES_ON =
  /^\s*(?:end|else|elif|elsif|elseif|except|finally|rescue|ensure|fi|done|esac|until|then|catch|when|while)\b/

/** Decides how much of an answer is shown first: as soon as so much is there, and only what is complete. */
export class FirstPart {
  readonly #place: Place
  readonly #shape: Shape
  readonly #around: Surroundings
  #lines: number | null = null
  #isOver = false

  constructor(place: Place, shape: Shape, around: Surroundings) {
    this.#place = place
    this.#shape = shape
    this.#around = around
  }

  /** How many lines it has; null if it is not there yet, or never will be. */
  get lines(): number | null {
    return this.#lines
  }

  /** Looks at an answer that has one more line. */
  grow(read: readonly string[]): void {
    if (this.#isOver) return
    const filled = read.filter(line => line.trim() !== "").length
    if (filled === 0) return
    const isInBraces = isWithinBraces(this.#around) && read[0]!.trim() !== ""
    if (isInBraces || !takesLines(this.#around)) this.#settle(1)
    else if (filled >= this.#wanted && this.#isCut(read, read.length)) this.#settle(read.length)
    else if (this.#needsNextLine && filled > this.#wanted && this.#isCut(read, filledBefore(read))) {
      this.#settle(filledBefore(read))
    } else if (filled >= this.#shape.maxLines) this.finish(read)
  }

  /** No more lines will come, or none that may be shown. */
  finish(read: readonly string[]): void {
    if (this.#isOver) return
    this.#isOver = true
    let tried = 0
    for (let count = Math.min(read.length, this.#shape.maxLines + 1); count > 0; count--) {
      if (read[count - 1]!.trim() === "") continue
      if (tried++ === MAX_TRIALS) break
      if (this.#isCut(read, count)) {
        this.#lines = count
        return
      }
    }
    this.#lines = this.#opensBlock(read) ? 1 : null
  }

  get #wanted(): number {
    return Math.min(WANTED_LINES[this.#shape.kind], this.#shape.maxLines)
  }

  #settle(lines: number): void {
    this.#lines = lines
    this.#isOver = true
  }

  /** Without a grammar only the next line tells whether a block has begun, or whether it has ended. */
  get #needsNextLine(): boolean {
    return this.#place.trial === null
  }

  #isCut(read: readonly string[], count: number): boolean {
    if (this.#needsNextLine && !this.#isLevel(read, count)) return false
    return isComplete(read.slice(0, count).join("\n"), this.#place, this.#around.typed)
  }

  /** Whether the line behind the first `count` lines says that they are a whole; once nothing more comes, the end says so. */
  #isLevel(read: readonly string[], count: number): boolean {
    const next = read.slice(count).find(line => line.trim() !== "")
    if (next === undefined) return this.#isOver
    const start = columnsOf(indentOf(this.#around.typed + read[0]!))
    return columnsOf(indentOf(next)) <= start && !GOES_ON.test(next)
  }

  /** Whether the first line is worth showing by itself: it opens what the user will fill. */
  #opensBlock(read: readonly string[]): boolean {
    const [line = ""] = read
    const { openers } = loneBrackets(line, lexiconAt(this.#place))
    return line.trim() !== "" && openers.length === 1 && openers[0]!.at === line.trimEnd().length - 1
  }
}

/** How many lines there are before the last one that is not blank, without the blank ones before it. */
function filledBefore(lines: readonly string[]): number {
  let count = lines.length - 1
  while (count > 0 && lines[count - 1]!.trim() === "") count--
  return count
}
