import { indentOf } from "../../base/indent.ts"

/** A line that begins a fenced block. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/**
 * The whole lines of code that an answer has brought so far: those within its first fenced block, without breaks. What
 * has not ended with a line break may still go on and is left out. Each piece of the answer is looked at once.
 */
export class StreamedLines {
  #lines: string[] = []
  /** What comes after the last line break. */
  #rest = ""
  /** What began the block; null before it. */
  #fence: string | null = null
  #isClosed = false

  /** Empty before a fence. */
  get lines(): readonly string[] {
    return this.#lines
  }

  /** Takes the next piece of the answer. */
  push(delta: string): void {
    if (!delta.includes("\n")) {
      this.#rest += delta
      return
    }
    const lines = (this.#rest + delta).split("\n")
    this.#rest = lines.pop()!
    for (const line of lines) this.#take(line.endsWith("\r") ? line.slice(0, -1) : line)
  }

  /** Begins with another answer. */
  clear(): void {
    this.#lines = []
    this.#rest = ""
    this.#fence = null
    this.#isClosed = false
  }

  #take(line: string): void {
    if (this.#isClosed) return
    if (this.#fence === null) this.#fence = FENCE.exec(line)?.[1] ?? null
    else if (isClosing(line.trim(), this.#fence)) this.#isClosed = true
    else this.#lines.push(line)
  }
}

function isClosing(line: string, fence: string): boolean {
  return line.startsWith(fence) && /^(?:`+|~+)$/.test(line)
}

/** Lines moved as far in as `like` is, by their first line that is not blank. */
export function indentedLike(lines: readonly string[], like: string): readonly string[] {
  const first = lines.find(line => line.trim() !== "")
  if (first === undefined) return lines
  const own = indentOf(first)
  const wanted = indentOf(like)
  if (own === wanted) return lines
  if (wanted.startsWith(own)) {
    const more = wanted.slice(own.length)
    return lines.map(line => (line.trim() === "" ? line : more + line))
  }
  const less = own.length - wanted.length
  return lines.map(line => (less > 0 && line.slice(0, less).trim() === "" ? line.slice(less) : line))
}
