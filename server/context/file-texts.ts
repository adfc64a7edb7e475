import { LineIndex } from "../base/line-index.ts"
import { widened } from "../base/widened.ts"
import { eachWord, wordsIn } from "./cursor-names.ts"
import type { ProjectView } from "./project-view.ts"
import { type WeighedNames, wordHash } from "./weighed-names.ts"

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
  #words: StepWords | null = null

  constructor(text: string) {
    this.text = text
  }

  get lines(): LineIndex {
    this.#lines ??= LineIndex.of(this.text)
    return this.#lines
  }

  /** For each window the sum of the weights of the names in it. */
  weigh(names: WeighedNames): Float64Array {
    this.#words ??= stepWordsIn(this)
    const { hashes, begins } = this.#words
    const sums = new Float64Array(this.#windowCount)
    /** By name, the last window that it was counted in. */
    const counted = new Int32Array(names.weights.length).fill(-1)
    for (let step = 0; step + 1 < begins.length; step++) {
      // Each step stands in the window that it begins and in the one before.
      const last = Math.min(step, sums.length - 1)
      for (let at = begins[step]!; at < begins[step + 1]!; at++) {
        const name = names.find(hashes[at]!)
        if (name === -1) continue
        const first = Math.max(counted[name]! + 1, step - 1)
        for (let window = first; window <= last; window++) sums[window]! += names.weights[name]!
        counted[name] = last
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

/** The words of the windowed part of a text as hashes, in order. */
interface StepWords {
  readonly hashes: Int32Array
  /** For each step the index of its first word; one more after the last. */
  readonly begins: Int32Array
}

function stepWordsIn(file: FileText): StepWords {
  const { text, lines } = file
  const count = windowedLines(file)
  const begins = [0]
  let hashes = new Int32Array(1024)
  let words = 0
  for (let line = 0; line < count; line += STEP) {
    const end = Math.min(count, line + STEP)
    eachWord(text, lines.startOf(line), lines.startOf(end), (from, to) => {
      hashes = widened(hashes, words + 1)
      hashes[words++] = wordHash(text, from, to)
    })
    begins.push(words)
  }
  return { hashes: hashes.slice(0, words), begins: Int32Array.from(begins) }
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
