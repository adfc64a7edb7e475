import type { DocumentSnapshot } from "../workspace/document.ts"

/** The stretch of a document that a prompt shows. */
interface DocumentWindow {
  /** UTF-16 offsets; whole lines but where a line is too long. */
  readonly start: number
  readonly end: number
  /** Lines it touches, zero-based, `endLine` exclusive. */
  readonly startLine: number
  readonly endLine: number
}

/** Lines before the cursor for each one after it. */
const BEFORE_PER_AFTER = 3
/** Units of the cursor's own line on either side of it; also a bound on any line that is added. */
const MAX_LINE_UNITS = 4_000

/**
 * As much of a document around a place as fits into a budget of tokens: whole lines, three before the cursor for each one
 * after it while there are such, always what stands on the cursor's line (of a very long one only the nearest units).
 */
export function documentWindow(
  document: DocumentSnapshot,
  offset: number,
  budget: number,
  countTokens: (text: string) => number,
): DocumentWindow {
  const own = ownLine(document, offset)
  const left = budget - countTokens(document.text.slice(own.start, own.end))
  const growth = new Growth(document, own, left, countTokens)
  while (growth.grow());
  return growth.window()
}

/** What is shown of the cursor's line. */
function ownLine({ text, lines }: DocumentSnapshot, offset: number): DocumentWindow {
  const line = lines.lineAt(offset)
  return {
    start: snapped(text, Math.max(lines.startOf(line), offset - MAX_LINE_UNITS)),
    end: snapped(text, Math.min(lines.startOf(line + 1), offset + MAX_LINE_UNITS)),
    startLine: line,
    endLine: line + 1,
  }
}

/** A window that takes in line after line while they fit. */
class Growth {
  readonly #document: DocumentSnapshot
  readonly #own: DocumentWindow
  readonly #countTokens: (text: string) => number
  #left: number
  #startLine: number
  #endLine: number
  #canGrowUp: boolean
  #canGrowDown: boolean

  constructor(
    document: DocumentSnapshot,
    own: DocumentWindow,
    left: number,
    countTokens: (text: string) => number,
  ) {
    const { lines } = document
    this.#document = document
    this.#own = own
    this.#left = left
    this.#countTokens = countTokens
    this.#startLine = own.startLine
    this.#endLine = own.endLine
    this.#canGrowUp = own.start === lines.startOf(own.startLine)
    this.#canGrowDown = own.end === lines.startOf(own.endLine)
  }

  /** Takes in one more line; false if none fits any more. */
  grow(): boolean {
    const above = this.#own.startLine - this.#startLine
    const below = this.#endLine - this.#own.endLine
    const isUpsTurn = above < BEFORE_PER_AFTER * (below + 1)
    if (this.#canGrowUp && (isUpsTurn || !this.#canGrowDown)) {
      this.#canGrowUp = this.#takes(this.#startLine - 1)
      if (this.#canGrowUp) this.#startLine--
    } else if (this.#canGrowDown) {
      this.#canGrowDown = this.#takes(this.#endLine)
      if (this.#canGrowDown) this.#endLine++
    }
    return this.#canGrowUp || this.#canGrowDown
  }

  window(): DocumentWindow {
    const { lines } = this.#document
    const [startLine, endLine] = [this.#startLine, this.#endLine]
    return {
      start: startLine < this.#own.startLine ? lines.startOf(startLine) : this.#own.start,
      end: endLine > this.#own.endLine ? lines.startOf(endLine) : this.#own.end,
      startLine,
      endLine,
    }
  }

  /** Whether there is such a line and it fits; it is paid for then. */
  #takes(line: number): boolean {
    const { text, lines } = this.#document
    if (line < 0 || line >= lines.count) return false
    const [start, end] = [lines.startOf(line), lines.startOf(line + 1)]
    const cost =
      end - start > MAX_LINE_UNITS ? Number.POSITIVE_INFINITY : this.#countTokens(text.slice(start, end))
    if (cost > this.#left) return false
    this.#left -= cost
    return true
  }
}

/** An offset that does not part the two halves of a character. */
function snapped(text: string, offset: number): number {
  const unit = text.charCodeAt(offset)
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset
}
