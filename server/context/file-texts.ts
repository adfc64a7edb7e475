import { LineIndex } from "../base/line-index.ts"
import { lowerBound } from "../base/lower-bound.ts"
import { hashed, NO_HASH } from "../syntax/word-table.ts"
import { eachWord, wordsIn } from "./cursor-names.ts"
import type { ProjectView } from "./project-view.ts"

/** Some lines of a text with the distinct names in them. */
export interface TextWindow {
  /** Zero-based. */
  readonly startLine: number
  /** Exclusive. */
  readonly endLine: number
  readonly words: ReadonlySet<string>
}

/** Lines of a window; one begins every half of it. */
const WINDOW_LINES = 20
const STEP = WINDOW_LINES / 2
/** Units of one text that are cut into windows. */
const MAX_WINDOWED = 200_000

/** One text and what is made of it when first asked for. */
export class FileText {
  readonly text: string
  #lines: LineIndex | null = null
  readonly #windows = new Map<number, TextWindow>()
  /** See `stepWordsIn`. */
  #words: Float64Array | null = null

  constructor(text: string) {
    this.text = text
  }

  get lines(): LineIndex {
    this.#lines ??= LineIndex.of(this.text)
    return this.#lines
  }

  /** For each window the sum of the weights of the names in it; names are told apart by 32 bits. */
  weigh(weights: ReadonlyMap<string, number>): Float64Array {
    this.#words ??= stepWordsIn(this)
    const words = this.#words
    const sums = new Float64Array(this.#windowCount)
    for (const [name, weight] of weights) {
      const first = wordHash(name, 0, name.length) * MAX_STEPS
      let next = 0
      for (let at = lowerBound(words, first); words[at]! < first + MAX_STEPS; at++) {
        // Each step stands in the window that it begins and in the one before.
        const step = words[at]! - first
        const last = Math.min(step, sums.length - 1)
        for (next = Math.max(next, step - 1); next <= last; next++) sums[next]! += weight
      }
    }
    return sums
  }

  /** A window by its place among all of the text. */
  window(place: number): TextWindow {
    let window = this.#windows.get(place)
    if (window === undefined) {
      const startLine = place * STEP
      const endLine = Math.min(windowedLines(this), startLine + WINDOW_LINES)
      window = { startLine, endLine, words: wordsIn(this.slice(startLine, endLine)) }
      this.#windows.set(place, window)
    }
    return window
  }

  get #windowCount(): number {
    return Math.max(1, Math.ceil(windowedLines(this) / STEP) - 1)
  }

  /** The text of some lines, without the last break. */
  slice(startLine: number, endLine: number): string {
    const end = endLine < this.lines.count ? this.lines.startOf(endLine) : this.text.length
    return this.text.slice(this.lines.startOf(startLine), end).replace(/\r?\n$|\r$/, "")
  }
}

function windowedLines({ text, lines }: FileText): number {
  return lines.lineAt(Math.min(text.length, MAX_WINDOWED)) + 1
}

/** More steps than any text has that is cut into windows. */
const MAX_STEPS = 1 << 20

/** The words of the windowed part of a text with the steps that they stand in, ascending: the hash times `MAX_STEPS`, plus the step. */
function stepWordsIn(file: FileText): Float64Array {
  const { text, lines } = file
  const count = windowedLines(file)
  const words: number[] = []
  for (let step = 0; step * STEP < count; step++) {
    const end = Math.min(count, (step + 1) * STEP)
    eachWord(text, lines.startOf(step * STEP), lines.startOf(end), (from, to) => {
      words.push(wordHash(text, from, to) * MAX_STEPS + step)
    })
  }
  return Float64Array.from(words).sort()
}

/** The hash of a word that stands in a text: 32 bits, not negative. */
function wordHash(text: string, from: number, to: number): number {
  let hash = NO_HASH
  for (let at = from; at < to; at++) hash = hashed(hash, text.charCodeAt(at))
  return hash >>> 0
}

/** Units of text whose lines and windows are kept. */
const MAX_UNITS = 4_000_000

/** The texts asked for last: memory only, never a difference to an answer. */
export class FileTexts {
  readonly #kept = new Map<string, FileText>()
  #units = 0

  /** The text of a file, or null if it is not in memory. */
  of(view: ProjectView, path: string): FileText | null {
    const text = view.textOf(path)
    const known = this.#kept.get(path)
    if (known !== undefined) this.#drop(path, known)
    if (text === null) return null
    const file = known?.text === text ? known : new FileText(text)
    this.#units += text.length
    for (const [oldest, each] of this.#kept) {
      if (this.#units <= MAX_UNITS) break
      this.#drop(oldest, each)
    }
    this.#kept.set(path, file)
    return file
  }

  #drop(path: string, file: FileText): void {
    this.#units -= file.text.length
    this.#kept.delete(path)
  }
}
