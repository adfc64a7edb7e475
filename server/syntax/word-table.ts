import { UnitText } from "./unit-text.ts"

/** The hash of no units, to begin with. */
export const NO_HASH = 0x2f0b_4a27

/** The hash of some units and one more. */
export function hashed(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x0100_0193)
}

const FIRST_WORDS = 1 << 10
const FIRST_UNITS = 1 << 13

/**
 * Words as small integers that count up from 0. A word is looked up where it stands in an array of UTF-16 code units: no
 * string is made for it.
 */
export class WordTable {
  /** Id of a word and 1, or 0, where its hash leads or behind that; at most half are taken. */
  #slots = new Int32Array(2 * FIRST_WORDS)
  /** By id. */
  #hashes = new Int32Array(FIRST_WORDS)
  /** By id: where the word begins in `#units`; it ends where the next begins. */
  #starts = new Int32Array(FIRST_WORDS + 1)
  #units = new Uint16Array(FIRST_UNITS)
  #size = 0
  readonly #scratch = new UnitText()

  /** How many distinct words there are; also the next new id. */
  get size(): number {
    return this.#size
  }

  /** UTF-16 code units of all words. */
  get length(): number {
    return this.#starts[this.#size]!
  }

  /** The id of the word from `start` to `end`, given now if it has none. */
  intern(units: Uint16Array, start: number, end: number): number {
    let hash = NO_HASH
    for (let at = start; at < end; at++) hash = hashed(hash, units[at]!)
    return this.internHashed(units, start, end, hash)
  }

  /** As `intern`; `hash` is what `hashed` gives for the units one after the other, from `NO_HASH` on. */
  internHashed(units: Uint16Array, start: number, end: number, hash: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let id = slots[slot]! - 1; id >= 0; id = slots[slot]! - 1) {
      if (this.#hashes[id] === hash && this.#equals(id, units, start, end)) return id
      slot = (slot + 1) & mask
    }
    slots[slot] = this.#size + 1
    return this.#add(units, start, end, hash)
  }

  /** The id of a word that is a string of its own. */
  internText(text: string): number {
    return this.intern(this.#scratch.load(text), 0, text.length)
  }

  /** The word behind an id that this table gave. */
  text(id: number): string {
    const start = 2 * this.#starts[id]!
    const length = 2 * this.#starts[id + 1]! - start
    return Buffer.from(this.#units.buffer, start, length).toString("utf16le")
  }

  #equals(id: number, units: Uint16Array, start: number, end: number): boolean {
    const own = this.#units
    let at = this.#starts[id]!
    if (this.#starts[id + 1]! - at !== end - start) return false
    for (let other = start; other < end; other++) if (own[at++] !== units[other]) return false
    return true
  }

  #add(units: Uint16Array, start: number, end: number, hash: number): number {
    const id = this.#size
    const from = this.length
    const to = from + end - start
    if (to > this.#units.length) {
      const wider = new Uint16Array(Math.max(to, 2 * this.#units.length))
      wider.set(this.#units)
      this.#units = wider
    }
    this.#units.set(units.subarray(start, end), from)
    this.#hashes[id] = hash
    this.#starts[id + 1] = to
    this.#size++
    if (this.#size === this.#hashes.length) this.#grow()
    return id
  }

  #grow(): void {
    const hashes = new Int32Array(2 * this.#size)
    hashes.set(this.#hashes)
    this.#hashes = hashes
    const starts = new Int32Array(2 * this.#size + 1)
    starts.set(this.#starts)
    this.#starts = starts
    const slots = new Int32Array(4 * this.#size)
    const mask = slots.length - 1
    for (let id = 0; id < this.#size; id++) {
      const hash = hashes[id]!
      let slot = (hash ^ (hash >>> 15)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    }
    this.#slots = slots
  }
}
