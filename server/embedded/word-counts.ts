import { PACK_KIND, PACK_SHIFT } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"

/** How often, and in how many files, each word of the project stands. Indexed by interned id. */
export class WordCounts {
  readonly #isDot: (code: number) => boolean
  #members = new Int32Array(1024)
  #uses = new Int32Array(1024)
  #files = new Int32Array(1024)
  #kinds = new Uint8Array(1024).fill(255)
  #stamps = new Int32Array(1024)
  #stamp = 0
  #size = 0

  /** `isDot`: whether an id is a token that members stand behind. */
  constructor(isDot: (id: number) => boolean) {
    this.#isDot = isDot
  }

  /** One past the highest id that was counted. */
  get size(): number {
    return this.#size
  }

  /** Bytes of memory. */
  get memoryBytes(): number {
    return this.#uses.length * 17
  }

  /** Uses of an id in all files; 0 for one never seen. */
  uses(id: number): number {
    return this.#uses[id] ?? 0
  }

  /** Files an id stands in; 0 for one never seen. */
  files(id: number): number {
    return this.#files[id] ?? 0
  }

  /** Uses of an id as a member, behind a dot. */
  members(id: number): number {
    return this.#members[id] ?? 0
  }

  /** Whether an id is an identifier or keyword that stands somewhere. */
  isWord(id: number): boolean {
    const kind = this.#kinds[id]
    return (kind === TokenKind.identifier || kind === TokenKind.keyword) && this.#uses[id]! > 0
  }

  /** Counts one file's packed tokens in (`sign` 1) or out (-1). */
  add(tokens: Int32Array, sign: 1 | -1): void {
    const stamp = ++this.#stamp
    let behindDot = false
    for (let i = 0; i < tokens.length; i++) {
      const packed = tokens[i]!
      const id = packed >> PACK_SHIFT
      if (id < 0) continue
      if (id >= this.#uses.length) this.#grow(id)
      if (id >= this.#size) this.#size = id + 1
      this.#uses[id]! += sign
      if (behindDot) this.#members[id]! += sign
      behindDot = this.#isDot(id)
      if (this.#kinds[id] === 255) this.#kinds[id] = packed & PACK_KIND
      if (this.#stamps[id] === stamp) continue
      this.#stamps[id] = stamp
      this.#files[id]! += sign
    }
  }

  #grow(id: number): void {
    const size = Math.max(id + 1, this.#uses.length + (this.#uses.length >> 2))
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const column = new Int32Array(size)
      column.set(old)
      return column
    }
    this.#uses = grown(this.#uses)
    this.#files = grown(this.#files)
    this.#members = grown(this.#members)
    this.#stamps = grown(this.#stamps)
    const kinds = new Uint8Array(size).fill(255)
    kinds.set(this.#kinds)
    this.#kinds = kinds
  }
}
