import type { PlacedContext } from "../projects.ts"
import { wordsIn } from "../words.ts"

/** The words of every line of a project as numbers, for the baselines that count words. */
export class WordLines {
  readonly #ids = new Map<string, number>()
  readonly #files: readonly (readonly (readonly number[])[])[]

  constructor({ files }: PlacedContext) {
    this.#files = files.map(({ text }) => this.read(text.split("\n")))
  }

  get wordCount(): number {
    return this.#ids.size
  }

  get fileCount(): number {
    return this.#files.length
  }

  /** The lines of a file of the project. */
  of(file: number): readonly (readonly number[])[] {
    return this.#files[file]!
  }

  /** The words of other lines; words that are new get numbers of their own. */
  read(lines: readonly string[]): number[][] {
    return lines.map(line => wordsIn(line).map(word => this.#idOf(word)))
  }

  #idOf(word: string): number {
    const known = this.#ids.get(word)
    if (known !== undefined) return known
    this.#ids.set(word, this.#ids.size)
    return this.#ids.size - 1
  }
}
