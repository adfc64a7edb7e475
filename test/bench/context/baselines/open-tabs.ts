import { dirname } from "node:path"
import { type Retrieve, type SourceLines, sourcePiece } from "../contestant.ts"
import { range } from "../file-syntax.ts"
import type { Question } from "../question.ts"
import type { WordLines } from "./word-lines.ts"

/** Lines of a window. */
const WINDOW = 60
/** Files that are open beside the document. */
const TABS = 20

/** How windows are taken from the open files. */
interface TabsStyle {
  /** Lines between the starts of two windows that are compared. */
  readonly step: number
  /** Windows taken from one file, and in all. */
  readonly perFile: number
  readonly inAll: number
  /** Files of more UTF-16 code units are left out. */
  readonly maxLength: number
}

/** As Copilot has it by default: the best window of each small file, four in all. */
export const FOUR_WINDOWS: TabsStyle = { step: 1, perFile: 1, inAll: 4, maxLength: 10_000 }

/** The same likeness, filled to any budget. */
export const ALL_WINDOWS: TabsStyle = {
  step: 20,
  perFile: 50,
  inAll: 1000,
  maxLength: Number.POSITIVE_INFINITY,
}

interface Window {
  readonly file: number
  readonly first: number
  readonly last: number
  readonly likeness: number
}

/** Windows of the open files, those most like the lines above the cursor first (Jaccard over their words). */
export function openTabs(lines: SourceLines, words: WordLines, style: TabsStyle): Retrieve {
  return question => {
    const above = words.read(question.lines.slice(Math.max(0, question.line - WINDOW), question.line))
    const wanted = new Set(above.flat())
    return tabsBeside(question)
      .filter(file => question.project.files[file]!.text.length <= style.maxLength)
      .flatMap(file => bestWindows(windowsOf(words.of(file), file, wanted, style.step), style.perFile))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, style.inAll)
      .map(({ file, first, last }) => sourcePiece(lines, file, range(first, last)))
  }
}

/** The files that somebody at work here has likely open: imported ones, importing ones, then those of the same folder. */
function tabsBeside({ project, truth, file, imports }: Question): number[] {
  const importers = truth.importTargets.flatMap((targets, from) => (targets.includes(file) ? [from] : []))
  const folder = dirname(project.files[file]!.path)
  const beside = project.files.flatMap(({ path }, at) => (dirname(path) === folder ? [at] : []))
  const tabs = new Set([...imports.map(({ target }) => target), ...importers, ...beside])
  return [...tabs].filter(tab => tab !== file && tab !== -1).slice(0, TABS)
}

/** The windows of a file that share a word with the wanted ones. */
function windowsOf(
  lines: readonly (readonly number[])[],
  file: number,
  wanted: ReadonlySet<number>,
  step: number,
): Window[] {
  const windows: Window[] = []
  const sliding = new SlidingWords(lines, wanted)
  for (let first = 0; first === 0 || first + WINDOW - step < lines.length; first += step) {
    const last = Math.min(first + WINDOW, lines.length) - 1
    const likeness = sliding.likenessAt(first, last)
    if (likeness > 0) windows.push({ file, first, last, likeness })
  }
  return windows
}

/** The words of a window that moves down over the lines. */
class SlidingWords {
  readonly #lines: readonly (readonly number[])[]
  readonly #wanted: ReadonlySet<number>
  readonly #counts = new Map<number, number>()
  #shared = 0
  #first = 0
  #end = 0

  constructor(lines: readonly (readonly number[])[], wanted: ReadonlySet<number>) {
    this.#lines = lines
    this.#wanted = wanted
  }

  /** Jaccard of the words in these lines and the wanted ones; neither line before that of the last call. */
  likenessAt(first: number, last: number): number {
    while (this.#end <= last) this.#count(this.#end++, 1)
    while (this.#first < first) this.#count(this.#first++, -1)
    return this.#shared / Math.max(1, this.#counts.size + this.#wanted.size - this.#shared)
  }

  #count(line: number, by: 1 | -1): void {
    for (const word of this.#lines[line]!) {
      const before = this.#counts.get(word) ?? 0
      if (before + by === 0) this.#counts.delete(word)
      else this.#counts.set(word, before + by)
      if (this.#wanted.has(word) && (before === 0 || before + by === 0)) this.#shared += by
    }
  }
}

/** The best windows that do not overlap. */
function bestWindows(windows: readonly Window[], most: number): Window[] {
  const taken: Window[] = []
  for (const window of [...windows].sort((a, b) => b.likeness - a.likeness)) {
    if (taken.length >= most) break
    if (!taken.some(({ first, last }) => first <= window.last && window.first <= last)) taken.push(window)
  }
  return taken
}
