/** Lines whose cost is kept. */
const MAX_LINES = 20_000

/** Tokens of lines counted before, by what counted them: memory only, never a difference to an answer. */
export class LineCosts {
  #count: ((text: string) => number) | null = null
  readonly #kept = new Map<string, number>()

  /** Tokens of a line with its break. */
  of(line: string, count: (text: string) => number): number {
    if (count !== this.#count || this.#kept.size >= MAX_LINES) this.#kept.clear()
    this.#count = count
    let tokens = this.#kept.get(line)
    if (tokens === undefined) {
      tokens = count(`${line}\n`)
      this.#kept.set(line, tokens)
    }
    return tokens
  }
}
