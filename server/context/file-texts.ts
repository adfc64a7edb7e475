import { LineIndex } from "../base/line-index.ts"
import { wordsIn } from "./cursor-names.ts"
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
/** Units of one text that are cut into windows. */
const MAX_WINDOWED = 200_000

/** One text and what is made of it when first asked for. */
export class FileText {
  readonly text: string
  #lines: LineIndex | null = null
  #windows: readonly TextWindow[] | null = null

  constructor(text: string) {
    this.text = text
  }

  get lines(): LineIndex {
    this.#lines ??= LineIndex.of(this.text)
    return this.#lines
  }

  get windows(): readonly TextWindow[] {
    this.#windows ??= windowsIn(this)
    return this.#windows
  }

  /** The text of some lines, without the last break. */
  slice(startLine: number, endLine: number): string {
    const end = endLine < this.lines.count ? this.lines.startOf(endLine) : this.text.length
    return this.text.slice(this.lines.startOf(startLine), end).replace(/\r?\n$|\r$/, "")
  }
}

function windowsIn(file: FileText): readonly TextWindow[] {
  const count = file.lines.lineAt(Math.min(file.text.length, MAX_WINDOWED)) + 1
  const windows: TextWindow[] = []
  for (let start = 0; start === 0 || start + WINDOW_LINES / 2 < count; start += WINDOW_LINES / 2) {
    const end = Math.min(count, start + WINDOW_LINES)
    windows.push({ startLine: start, endLine: end, words: wordsIn(file.slice(start, end)) })
  }
  return windows
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
