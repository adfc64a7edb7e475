import { dirname } from "node:path"
import { TimeSlice } from "../base/time-slice.ts"
import type { FileTokens } from "../workspace/file-facts.ts"
import { SEPARATOR } from "./context-order.ts"
import type { Sorter } from "./sorter.ts"
import type { TokenBlock } from "./token-block.ts"
import { WordCounts } from "./word-counts.ts"

/** One file's tokens inside a segment. */
export interface IndexedFile {
  readonly path: string
  /** The segment's tokens. */
  readonly tokens: Int32Array
  readonly directory: string
  /** Positions of its tokens in the segment, end exclusive. */
  readonly start: number
  readonly end: number
  /** True once the file was replaced or deleted: its positions vote no more. */
  stale: boolean
}

/** Files sorted together. Invariant: `starts[i]` is `files[i].start`, ascending. */
export class Segment {
  readonly block: TokenBlock
  readonly files: readonly IndexedFile[]
  readonly #starts: Int32Array

  constructor(block: TokenBlock, files: readonly IndexedFile[]) {
    this.block = block
    this.files = files
    this.#starts = Int32Array.from(files, file => file.start)
  }

  /** The file that holds a position. */
  fileAt(position: number): IndexedFile {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! <= position) low = middle
      else high = middle
    }
    return this.files[low]!
  }

  /** How many tokens belong to files that are not stale. */
  live(): number {
    let live = 0
    for (const file of this.files) if (!file.stale) live += file.end - file.start
    return live
  }
}

/** More segments than this are never searched side by side for long. */
const MOST_SEGMENTS = 6
/**
 * Tokens sorted at a time, if there are not so many that segments this small would be too many: sorting needs 16 bytes per
 * token beside the segments.
 */
const SEGMENT_TOKENS = 1_500_000
/** Full segments there should be at most; more small ones come and go. */
const FULL_SEGMENTS = 4
/** The longest stretch of counting words on the main thread, ms. */
const STRETCH_MS = 4
/** Files that arrive within this many milliseconds of each other are sorted together. */
const GATHER_MS = 40

/**
 * The token streams of a project's files, sorted in a few segments. A file's old version votes until its new one is
 * sorted; nothing here waits for sorting.
 */
export class ProjectTokens {
  readonly words: WordCounts
  readonly #sorter: Sorter
  readonly #files = new Map<string, IndexedFile>()
  readonly #pending = new Map<string, Int32Array | null>()
  #segments: readonly Segment[] = []
  #pendingTokens = 0
  #indexedTokens = 0
  #timer: NodeJS.Timeout | null = null
  #work: Promise<void> | null = null
  #disposed = false
  /** Whether the last sort failed; what it was to sort waits for the next batch. */
  #failing = false
  readonly #failed: (error: unknown) => void
  readonly #leastFull: number

  /**
   * `isDot`: whether an id is a token that members stand behind. `failed` hears of a sort that could not be done. At most
   * `leastFull` tokens are sorted at a time as long as that makes few segments; no file is cut.
   */
  constructor(
    sorter: Sorter,
    isDot: (id: number) => boolean,
    failed: (error: unknown) => void,
    leastFull: number = SEGMENT_TOKENS,
  ) {
    this.#leastFull = leastFull
    this.#sorter = sorter
    this.#failed = failed
    this.words = new WordCounts(isDot)
  }

  /** What may be searched now. */
  get segments(): readonly Segment[] {
    return this.#segments
  }

  /** How many files can be searched. */
  get fileCount(): number {
    return this.#files.size
  }

  /** How many tokens the segments hold, stale ones included. */
  get tokenCount(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.block.tokens.length, 0)
  }

  /** How many tokens wait to be sorted, about. */
  get pendingTokens(): number {
    return this.#pendingTokens
  }

  /** Takes whole files in, or out where tokens are null. They are searchable soon after; `settled` tells when. */
  replace(batch: readonly FileTokens[]): void {
    for (const { path, tokens } of batch) this.#await(path, tokens)
    this.#failing = false
    if (this.#work !== null) return
    if (this.#pendingTokens * 4 >= this.#indexedTokens) this.#begin()
    else this.#beginSoon()
  }

  /** Resolves when everything taken in so far can be searched, or a sort failed. */
  async settled(): Promise<void> {
    while (!this.#disposed && (this.#work !== null || (this.#pending.size > 0 && !this.#failing))) {
      if (this.#work === null) this.#begin()
      await this.#work
    }
  }

  /** Forgets everything and starts no more sorting. */
  dispose(): void {
    this.#disposed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#pending.clear()
    this.#segments = []
  }

  #await(path: string, tokens: Int32Array | null): void {
    this.#pendingTokens += (tokens?.length ?? 0) - (this.#pending.get(path)?.length ?? 0)
    this.#pending.set(path, tokens)
  }

  #beginSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#begin()
    }, GATHER_MS).unref()
  }

  #begin(): void {
    if (this.#work !== null || this.#pending.size === 0 || this.#disposed) return
    this.#work = this.#sortPending().finally(() => {
      this.#work = null
      if (this.#pending.size === 0 || this.#failing) return
      if (this.#pendingTokens * 4 >= this.#indexedTokens) this.#begin()
      else this.#beginSoon()
    })
  }

  async #sortPending(): Promise<void> {
    const arrived = this.#takePending()
    const replaced = new Set(arrived.map(([path]) => path))
    const fresh = arrived.flatMap(([path, tokens]) => (tokens === null ? [] : [{ path, tokens }]))
    const absorbed = this.#absorb(fresh.reduce((sum, file) => sum + file.tokens.length + 1, 0))
    const kept = absorbed.flatMap(livePieces).filter(piece => !replaced.has(piece.path))
    const { tokens, files } = layOut([...fresh, ...kept])
    if (files.length === 0) return this.#publish(arrived, absorbed, null)
    try {
      const block = await this.#sorter.sort(tokens)
      await this.#publish(arrived, absorbed, new Segment(block, files))
    } catch (error) {
      if (this.#disposed) return
      this.#failing = true
      for (const [path, old] of arrived) if (!this.#pending.has(path)) this.#await(path, old)
      this.#failed(error)
    }
  }

  /** What is sorted next: the files that came first, as many as fill a segment. */
  #takePending(): readonly Arrival[] {
    const taken: Arrival[] = []
    let tokens = 0
    for (const arrival of this.#pending) {
      const length = arrival[1]?.length ?? 0
      if (tokens > 0 && tokens + length > this.#segmentTokens) break
      tokens += length
      taken.push(arrival)
      this.#pending.delete(arrival[0])
    }
    this.#pendingTokens -= tokens
    return taken
  }

  get #segmentTokens(): number {
    return Math.max(this.#leastFull, this.#indexedTokens / FULL_SEGMENTS)
  }

  /** The segments to sort again together with `size` new tokens: small ones, half-dead ones, and the smallest of too many. */
  #absorb(size: number): readonly Segment[] {
    const bySize = this.#segments
      .map(segment => ({ segment, live: segment.live() }))
      .sort((a, b) => a.live - b.live)
    const taken: Segment[] = []
    let total = size
    for (const { segment, live } of bySize) {
      const crowded = bySize.length - taken.length >= MOST_SEGMENTS
      const dying = live * 2 < segment.block.tokens.length
      const fits = live * 2 <= total && total + live <= this.#segmentTokens
      if (!crowded && !dying && !fits) continue
      taken.push(segment)
      total += live
    }
    return taken
  }

  /** Counts the words of what arrived, in slices, and then lets all of it vote at once. */
  async #publish(
    arrived: readonly Arrival[],
    absorbed: readonly Segment[],
    added: Segment | null,
  ): Promise<void> {
    const slice = new TimeSlice(STRETCH_MS)
    for (const [path, tokens] of arrived) {
      const old = this.#files.get(path)
      if (old !== undefined) this.words.add(old.tokens.subarray(old.start, old.end), -1)
      if (tokens !== null) this.words.add(tokens, 1)
      if (slice.due()) await slice.pause()
    }
    if (this.#disposed) return
    for (const [path] of arrived) this.#retire(path)
    const kept = this.#segments.filter(segment => !absorbed.includes(segment))
    for (const file of added?.files ?? []) this.#files.set(file.path, file)
    this.#segments = added === null ? kept : [...kept, added]
    this.#indexedTokens = this.tokenCount
  }

  #retire(path: string): void {
    const old = this.#files.get(path)
    if (old === undefined) return
    old.stale = true
    this.#files.delete(path)
  }
}

/** A path with its new tokens, null if it has none any more. */
type Arrival = readonly [string, Int32Array | null]

interface Piece {
  readonly path: string
  readonly tokens: Int32Array
}

function livePieces({ files }: Segment): readonly Piece[] {
  return files
    .filter(file => !file.stale)
    .map(({ path, tokens, start, end }) => ({ path, tokens: tokens.subarray(start, end) }))
}

/** Files one after the other on shared memory, a separator before each. */
function layOut(pieces: readonly Piece[]): { tokens: Int32Array; files: IndexedFile[] } {
  const size = pieces.reduce((sum, piece) => sum + piece.tokens.length + 1, 0)
  const tokens = new Int32Array(new SharedArrayBuffer(size * Int32Array.BYTES_PER_ELEMENT))
  const files: IndexedFile[] = []
  let at = 0
  for (const { path, tokens: own } of pieces) {
    tokens[at++] = SEPARATOR
    tokens.set(own, at)
    files.push({ path, tokens, directory: dirname(path), start: at, end: at + own.length, stale: false })
    at += own.length
  }
  return { tokens, files }
}
