import { constants } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { LRUCache } from "lru-cache"
import { throwIfAborted } from "../base/cancel.ts"
import type { DocumentSnapshot } from "./document.ts"
import type { SymbolIndex } from "./file-facts.ts"
import { contentHash, decodeText } from "./read-source.ts"

/** Whose texts are kept, and how many. */
interface SourceTextsOptions {
  /** The files on disk; no others are read. */
  readonly index: Pick<SymbolIndex, "hashOf">
  /** Open documents, whose texts come before those on disk. */
  readonly open: () => Iterable<DocumentSnapshot>
  /** Most bytes of memory for texts of files on disk. */
  readonly maxBytes: number
}

interface Kept {
  readonly hash: string
  readonly text: string
}

/** Files read at a time. */
const READERS = 4
/** What a string takes beside its units, bytes. */
const STRING_BYTES = 64

/**
 * Texts of the project's files, the last used ones in memory.
 * Invariant: a text that is given is one the index knows by its hash, or that of an open document: facts and text agree.
 */
export class SourceTexts {
  readonly #options: SourceTextsOptions
  readonly #kept: LRUCache<string, Kept>
  readonly #reading = new Map<string, Promise<void>>()

  constructor(options: SourceTextsOptions) {
    this.#options = options
    this.#kept = new LRUCache({ maxSize: Math.max(1, options.maxBytes), sizeCalculation: bytesOf })
  }

  /** The text of a file as far as it is at hand, else null. No I/O. */
  peek(path: string): string | null {
    for (const document of this.#options.open()) if (document.path === path) return document.text
    const kept = this.#kept.get(path)
    if (kept === undefined) return null
    if (kept.hash === this.#options.index.hashOf(path)) return kept.text
    this.#kept.delete(path)
    return null
  }

  /**
   * Has these files at hand afterwards, as far as they are in the index, are as the index knows them, and fit in the memory.
   * Whether one of them is that was not before. Rejects with `Cancelled` when `signal` aborts; what was being read is kept all
   * the same.
   */
  async read(paths: readonly string[], signal: AbortSignal): Promise<boolean> {
    const missing = paths.filter(
      path => this.#options.index.hashOf(path) !== null && this.peek(path) === null,
    )
    const left = [...missing]
    const reader = async (): Promise<void> => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) {
        throwIfAborted(signal)
        await this.#readOnce(path)
      }
    }
    throwIfAborted(signal)
    await Promise.all(Array.from({ length: READERS }, reader))
    return missing.some(path => this.peek(path) !== null)
  }

  #readOnce(path: string): Promise<void> {
    const reading = this.#reading.get(path) ?? this.#read(path).finally(() => this.#reading.delete(path))
    this.#reading.set(path, reading)
    return reading
  }

  async #read(path: string): Promise<void> {
    const bytes = await bytesAt(path)
    if (bytes === null) return
    const hash = contentHash(bytes)
    const text = hash === this.#options.index.hashOf(path) ? decodeText(bytes) : null
    if (text !== null) this.#kept.set(path, { hash, text })
  }
}

/** Units above U+00FF make the whole string two bytes wide. */
const WIDE = /[^\0-\xff]/

function bytesOf({ text }: Kept): number {
  return STRING_BYTES + text.length * (WIDE.test(text) ? 2 : 1)
}

/** The content of a regular file, or null where there is none or it can't be read. Never waits for a pipe. */
async function bytesAt(path: string): Promise<Uint8Array | null> {
  let file: FileHandle | null = null
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    return (await file.stat()).isFile() ? await file.readFile() : null
  } catch {
    return null
  } finally {
    await file?.close()
  }
}
