import type { TextChange } from "./text-change.ts"

/**
 * Where the lines of one text start, in UTF-16 code units. Lines end at `\n`, `\r\n` or a lone `\r`, as LSP says.
 * Invariant: immutable; an edit gives a new index that shares no mutable state with the old one.
 */
export class LineIndex {
  readonly #starts: readonly number[]
  readonly #length: number

  private constructor(starts: readonly number[], length: number) {
    this.#starts = starts
    this.#length = length
  }

  /** The index of a whole text. */
  static of(text: string): LineIndex {
    const starts = [0]
    if (text.includes("\r")) collectStarts(text, 0, text.length, starts)
    else for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
    return new LineIndex(starts, text.length)
  }

  /** How many lines there are; an empty text has one. */
  get count(): number {
    return this.#starts.length
  }

  /** Offset of the first unit of a line; a line past the end starts at the end of the text. */
  startOf(line: number): number {
    return line < 0 ? 0 : (this.#starts[line] ?? this.#length)
  }

  /** The line that holds an offset; offsets outside the text are clamped into it. */
  lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low
  }

  /** The index of `after`, which is the text this index was made for with `change` applied. Costs the lines, not the text. */
  edited(change: TextChange, after: string): LineIndex {
    // One unit either side is scanned again: an edit can join or part a `\r\n`.
    const first = this.lineAt(Math.max(0, change.start - 1))
    const last = this.lineAt(Math.min(this.#length, change.end + 1))
    const shift = change.text.length - (change.end - change.start)
    const until = last + 1 < this.#starts.length ? this.#starts[last + 1]! + shift : after.length
    const starts = this.#starts.slice(0, first + 1)
    collectStarts(after, starts[first]!, until, starts)
    if (last + 1 < this.#starts.length && starts.at(-1) === until) starts.pop()
    for (let line = last + 1; line < this.#starts.length; line++) starts.push(this.#starts[line]! + shift)
    return new LineIndex(starts, after.length)
  }
}

function collectStarts(text: string, from: number, to: number, starts: number[]): void {
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 10) starts.push(i + 1)
    else if (unit === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1)
  }
}
