/** By what a content is told from others. */
interface Content {
  readonly language: string | null
  readonly hash: string
  readonly rough: boolean
}

/** Facts of files that are gone which are kept for files to come; a branch switch seldom takes more away. */
const MOST_GONE = 20_000

/** Which contents were parsed: what is found again under another path need not be parsed again. */
export class KnownContents<T extends Content> {
  /** By language and hash. */
  readonly #there = new Map<string, T>()
  readonly #gone = new Map<string, T>()

  /** Takes note of a file's facts. */
  add(facts: T): void {
    if (facts.rough) return
    const key = keyOf(facts)
    this.#there.set(key, facts)
    this.#gone.delete(key)
  }

  /** The file is gone or has other facts now. */
  remove(facts: T): void {
    const key = keyOf(facts)
    if (this.#there.get(key) !== facts) return
    this.#there.delete(key)
    if (this.#gone.size < MOST_GONE) this.#gone.set(key, facts)
  }

  /** Parsed facts of the content of this file, or null. */
  find(file: Content): T | null {
    const key = keyOf(file)
    return this.#there.get(key) ?? this.#gone.get(key) ?? null
  }

  /** Lets the facts of files go that are gone. */
  forgetGone(): void {
    this.#gone.clear()
  }
}

function keyOf({ language, hash }: Content): string {
  return `${language} ${hash}`
}
