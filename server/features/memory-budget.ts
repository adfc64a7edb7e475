/** Default of the setting, MB: with it, all of the program stays below 250 MB on a million lines. */
export const DEFAULT_MEMORY_MB = 160

const MEGABYTE = 1e6
/** The share of texts kept at hand, and the most they may ever take, bytes. */
const TEXT_SHARE = 1 / 10
const MOST_TEXT_BYTES = 64 * MEGABYTE
/** How much more the engine may learn from files near to open ones. */
const NEAR_SHARE = 1.2

/** Shares the memory that a project may take among its index, its engine and the texts kept at hand. */
export class MemoryBudget {
  /** Of a project in all. */
  readonly megabytes: number
  readonly #bytes: number

  /** `megabytes`: of a project in all; the index takes what it needs, and the engine learns from less if that is much. */
  constructor(megabytes: number) {
    this.megabytes = megabytes
    this.#bytes = Math.max(0, megabytes) * MEGABYTE
  }

  /** Most bytes for texts of files on disk. */
  get textBytes(): number {
    return Math.min(MOST_TEXT_BYTES, this.#bytes * TEXT_SHARE)
  }

  /** Whether the engine may learn from one more file, given what index and engine take now; `near`: one near to an open one. */
  mayLearn(indexBytes: number, engineBytes: number, near: boolean): boolean {
    const bytes = (this.#bytes - this.textBytes) * (near ? NEAR_SHARE : 1)
    return indexBytes + engineBytes < bytes
  }
}
