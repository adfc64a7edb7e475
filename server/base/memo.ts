/** Answers kept by what was asked, until they are forgotten. Memory only: `make` must give the same for the same key until then. */
export class Memo<K, V> {
  readonly #limit: number
  readonly #kept = new Map<K, V>()

  /** Once `limit` answers are kept, all are let go. */
  constructor(limit: number = Infinity) {
    this.#limit = limit
  }

  /** What is kept under a key, made now if nothing is. */
  of(key: K, make: (key: K) => V): V {
    const kept = this.#kept.get(key)
    if (kept !== undefined) return kept
    const made = make(key)
    if (this.#kept.size >= this.#limit) this.#kept.clear()
    this.#kept.set(key, made)
    return made
  }

  /** Lets all answers go. */
  forget(): void {
    if (this.#kept.size > 0) this.#kept.clear()
  }
}
