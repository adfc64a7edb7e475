import type { TokenStream } from "./tokens.ts"

/** Growing columns of tokens. */
export class TokenColumns {
  #kinds: Uint8Array
  #starts: Int32Array
  #ends: Int32Array
  #count = 0

  /** Room for `capacity` tokens before the first growth. */
  constructor(capacity: number) {
    this.#kinds = new Uint8Array(capacity)
    this.#starts = new Int32Array(capacity)
    this.#ends = new Int32Array(capacity)
  }

  /** Adds one token after the ones before. */
  push(kind: number, start: number, end: number): void {
    if (this.#count === this.#kinds.length) this.#grow()
    this.#kinds[this.#count] = kind
    this.#starts[this.#count] = start
    this.#ends[this.#count++] = end
  }

  /** The tokens so far, in arrays of exactly their length. */
  stream(): TokenStream {
    const count = this.#count
    return {
      count,
      kinds: this.#kinds.slice(0, count),
      starts: this.#starts.slice(0, count),
      ends: this.#ends.slice(0, count),
    }
  }

  #grow(): void {
    const size = this.#kinds.length * 2 + 16
    const kinds = new Uint8Array(size)
    const starts = new Int32Array(size)
    const ends = new Int32Array(size)
    kinds.set(this.#kinds)
    starts.set(this.#starts)
    ends.set(this.#ends)
    this.#kinds = kinds
    this.#starts = starts
    this.#ends = ends
  }
}
