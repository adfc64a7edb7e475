/** Keeps the `limit` highest-scored of the things it is shown; equal scores keep the order shown. */
export class BestOf<T> {
  readonly #limit: number
  readonly #kept: { readonly score: number; readonly thing: T }[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Shows one thing. */
  show(thing: T, score: number): void {
    const kept = this.#kept
    if (this.#limit <= 0) return
    if (kept.length === this.#limit) {
      if (kept[kept.length - 1]!.score >= score) return
      kept.pop()
    }
    let at = kept.length
    while (at > 0 && kept[at - 1]!.score < score) at--
    kept.splice(at, 0, { score, thing })
  }

  /** What was kept, best first. */
  list(): T[] {
    return this.#kept.map(({ thing }) => thing)
  }
}
