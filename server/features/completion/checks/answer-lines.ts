/** A line longer than this, in UTF-16 code units, is no code that anybody wants suggested. */
const MAX_LINE_UNITS = 1000

/**
 * Parts a stream into lines, without their breaks, which are `\n` or `\r\n`. What it gives depends on the text alone, not on
 * how it was cut into deltas.
 */
export class AnswerLines {
  #pending = ""
  #isTooLong = false

  /** The line that still streams. */
  get pending(): string {
    return this.#pending
  }

  /** Calls `visit` with each line that `delta` completes, until it says that it wants no more; null is a line too long. */
  push(delta: string, visit: (line: string | null) => boolean): void {
    let at = 0
    while (at < delta.length && !this.#isTooLong) {
      const end = delta.indexOf("\n", at)
      const to = end < 0 ? delta.length : end
      // A line that is too long is never taken in whole.
      this.#pending += delta.slice(at, Math.min(to, at + MAX_LINE_UNITS + 2 - this.#pending.length))
      if (this.#pending.length > MAX_LINE_UNITS + 1) this.#isTooLong = true
      if (!this.#isTooLong && end < 0) return
      const line = this.#isTooLong ? null : this.take()
      if (!visit(line)) return
      at = to + 1
    }
  }

  /** The line that still streams, which is complete now. */
  take(): string {
    const line = this.#pending.endsWith("\r") ? this.#pending.slice(0, -1) : this.#pending
    this.#pending = ""
    return line
  }
}
