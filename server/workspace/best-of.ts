/** A thing with its score. */
interface Scored<T> {
  readonly thing: T
  readonly score: number
}

/** Keeps the `limit` highest-scored of the things it is shown; equal scores keep the order of `tie`, else the order shown. */
export class BestOf<T> {
  readonly #limit: number
  readonly #tie: (a: T, b: T) => number
  readonly #kept: Scored<T>[] = []

  constructor(limit: number, tie: (a: T, b: T) => number = () => 0) {
    this.#limit = limit
    this.#tie = tie
  }

  /** A score that is not enough to be kept, whatever is shown next: the lowest of those kept once there are `limit`. */
  get floor(): number {
    return this.#kept.length < this.#limit ? -Infinity : (this.#kept.at(-1)?.score ?? Infinity)
  }

  /** Shows one thing. */
  show(thing: T, score: number): void {
    const kept = this.#kept
    if (this.#limit <= 0) return
    if (kept.length === this.#limit) {
      if (!this.#isBelow(kept[kept.length - 1]!, thing, score)) return
      kept.pop()
    }
    let at = kept.length
    while (at > 0 && this.#isBelow(kept[at - 1]!, thing, score)) at--
    kept.splice(at, 0, { thing, score })
  }

  /** What was kept, best first. */
  list(): T[] {
    return this.#kept.map(({ thing }) => thing)
  }

  /** As `list`, with the scores. */
  scored(): readonly Scored<T>[] {
    return this.#kept
  }

  #isBelow(kept: Scored<T>, thing: T, score: number): boolean {
    return kept.score < score || (kept.score === score && this.#tie(kept.thing, thing) > 0)
  }
}

/** Orders strings by their UTF-16 code units. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
