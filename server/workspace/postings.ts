import { widened } from "../base/widened.ts"

/** Ends a chain; entries count from 1. */
const NONE = 0

/**
 * Where each name is declared, as chains of entries (shard, row) in columns: 16 bytes per entry and 4 per name id.
 * Adding and removing are O(1), so that a file can be replaced at once, however common its names are.
 */
export class Postings {
  /** By name id. */
  #heads = new Int32Array(1024)
  #next = new Int32Array(1024)
  #previous = new Int32Array(1024)
  #shards = new Int32Array(1024)
  #rows = new Int32Array(1024)
  #used = 1
  /** First of the removed entries, chained by `#next`. */
  #free = NONE

  /** Whether a name has an entry. */
  has(name: number): boolean {
    return (this.#heads[name] ?? NONE) !== NONE
  }

  /** Adds an entry under a name id; gives its number. */
  add(name: number, shard: number, row: number): number {
    const entry = this.#take()
    this.#heads = widened(this.#heads, name + 1)
    const head = this.#heads[name]!
    this.#shards[entry] = shard
    this.#rows[entry] = row
    this.#next[entry] = head
    this.#previous[entry] = NONE
    if (head !== NONE) this.#previous[head] = entry
    this.#heads[name] = entry
    return entry
  }

  /** Removes an entry that `add` gave for this name. */
  remove(entry: number, name: number): void {
    const next = this.#next[entry]!
    const previous = this.#previous[entry]!
    if (previous === NONE) this.#heads[name] = next
    else this.#next[previous] = next
    if (next !== NONE) this.#previous[next] = previous
    this.#next[entry] = this.#free
    this.#free = entry
  }

  /** Calls `visit` with the entries of a name, latest first, until it gives false. */
  each(name: number, visit: (shard: number, row: number) => boolean): void {
    for (let entry = this.#heads[name] ?? NONE; entry !== NONE; entry = this.#next[entry]!) {
      if (!visit(this.#shards[entry]!, this.#rows[entry]!)) return
    }
  }

  #take(): number {
    const free = this.#free
    if (free !== NONE) {
      this.#free = this.#next[free]!
      return free
    }
    if (this.#used === this.#next.length) {
      this.#next = widened(this.#next, this.#used + 1)
      this.#previous = widened(this.#previous, this.#used + 1)
      this.#shards = widened(this.#shards, this.#used + 1)
      this.#rows = widened(this.#rows, this.#used + 1)
    }
    return this.#used++
  }
}
