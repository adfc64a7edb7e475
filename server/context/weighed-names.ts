import { hashed, NO_HASH } from "../syntax/word-table.ts"

/** Slots for each name: with so many, a word that is none of them mostly meets an empty one. */
const SLOTS_PER_NAME = 8

/** Names with a weight each, found by their hashes: names that share one count as the first of them. */
export class WeighedNames {
  /** In the order given. */
  readonly weights: Float64Array
  /** The sum of all weights. */
  readonly total: number
  readonly #hashes: Int32Array
  /** Index of a name and 1, or 0, where its hash leads or behind that. */
  readonly #slots: Int32Array

  constructor(weights: ReadonlyMap<string, number>) {
    this.weights = Float64Array.from(weights.values())
    this.total = this.weights.reduce((sum, weight) => sum + weight, 0)
    this.#hashes = Int32Array.from(weights.keys(), name => wordHash(name, 0, name.length))
    this.#slots = new Int32Array(1 << (32 - Math.clz32(weights.size * SLOTS_PER_NAME)))
    this.#hashes.forEach((hash, name) => {
      const slot = this.#slotOf(hash)
      if (this.#slots[slot] === 0) this.#slots[slot] = name + 1
    })
  }

  /** The index of the name with a hash, or -1. */
  find(hash: number): number {
    return this.#slots[this.#slotOf(hash)]! - 1
  }

  /** Where a hash is, or else would be put. */
  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    while (this.#slots[slot] !== 0 && this.#hashes[this.#slots[slot]! - 1] !== hash) slot = (slot + 1) & mask
    return slot
  }
}

/** The hash of a word that stands in a text: 32 bits. */
export function wordHash(text: string, from: number, to: number): number {
  let hash = NO_HASH
  for (let at = from; at < to; at++) hash = hashed(hash, text.charCodeAt(at))
  return hash
}
