import type { Examples } from "./learn.ts"

/** Examples that the room begins with. */
const FIRST_ROOM = 1 << 16

/**
 * Things that speak for a declaration, each at one of `levels` levels or not there, and whether the declaration was named.
 * One constant per kind and level, then one that always counts; their sum is the log odds. Only a share of those not named
 * need be added: each counts as `negativeWeight` of them.
 */
export class UseExamples implements Examples {
  readonly #kinds: number
  readonly #levels: number
  readonly #negativeWeight: number
  #rows: Int8Array
  #named: Uint8Array = new Uint8Array(FIRST_ROOM)
  #count = 0

  constructor(kinds: number, levels: number, negativeWeight: number) {
    this.#kinds = kinds
    this.#levels = levels
    this.#negativeWeight = negativeWeight
    this.#rows = new Int8Array(FIRST_ROOM * kinds)
  }

  get count(): number {
    return this.#count
  }

  /** Constants that the examples depend on. */
  get constants(): number {
    return this.#kinds * this.#levels + 1
  }

  /** Adds an example; `levels` has one level for each kind, -1 for none. */
  add(levels: ArrayLike<number>, isNamed: boolean): void {
    if (this.#count === this.#named.length) this.#grow()
    this.#rows.set(levels, this.#count * this.#kinds)
    this.#named[this.#count++] = isNamed ? 1 : 0
  }

  addSlope(example: number, weights: Float64Array, gradient: Float64Array): number {
    const always = this.#kinds * this.#levels
    const from = example * this.#kinds
    let sum = weights[always]!
    for (let kind = 0; kind < this.#kinds; kind++) {
      const level = this.#rows[from + kind]!
      if (level >= 0) sum += weights[kind * this.#levels + level]!
    }
    const isNamed = this.#named[example] === 1
    const counts = isNamed ? 1 : this.#negativeWeight
    const slope = counts * ((isNamed ? 1 : 0) - 1 / (1 + Math.exp(-sum)))
    gradient[always]! += slope
    for (let kind = 0; kind < this.#kinds; kind++) {
      const level = this.#rows[from + kind]!
      if (level >= 0) gradient[kind * this.#levels + level]! += slope
    }
    return -counts * Math.log1p(Math.exp(isNamed ? -sum : sum))
  }

  #grow(): void {
    const rows = new Int8Array(this.#rows.length * 2)
    rows.set(this.#rows)
    this.#rows = rows
    const named = new Uint8Array(this.#named.length * 2)
    named.set(this.#named)
    this.#named = named
  }
}
