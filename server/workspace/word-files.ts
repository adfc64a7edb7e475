import { lowerBound } from "../base/lower-bound.ts"
import type { TimeSlice } from "../base/time-slice.ts"
import { widened } from "../base/widened.ts"

/** Distinct words of a shard, ascending; null once the shard is gone. */
type WordsOf = (shard: number) => Int32Array | null

/** For each word id the shards it stands in: those of word w are `shards[starts[w]]` to before `shards[starts[w + 1]]`. */
interface WordTable {
  readonly starts: Int32Array
  readonly shards: Uint16Array | Int32Array
}

/** Shards that may differ from the table before it is built anew, beside one in `SHARE` of all. */
const LEAST_CHANGED = 512
const SHARE = 16
/** In a quiet moment so few are let be: looking through them costs some µs. */
const FEW_CHANGED = 8
/** Words counted or placed between two looks at the clock. */
const WORDS_PER_LOOK = 4096
/** Shard ids below this fit in 16 bits. */
const NARROW_SHARDS = 1 << 16

/**
 * Which shards hold which word: a compact table, and the set of shards that changed since it was built, whose words are
 * looked at themselves. Invariant: every answer is of the words as they stand at the call.
 */
export class WordFiles {
  readonly #wordsOf: WordsOf
  #table: WordTable = { starts: new Int32Array(1), shards: new Uint16Array() }
  /** Shards whose words are not those of the table. */
  #changed = new Set<number>()
  /** By shard id, 1 if it is in `#changed`. */
  #isChanged = new Uint8Array(1024)
  /** By word id, the number of shards. */
  #counts = new Int32Array(1024)
  #shards = 0
  /** What `sums` gave last. */
  #sums = new Float64Array(0)
  /** Shards that changed since a table was begun; null while none is being built. */
  #sinceBegun: Set<number> | null = null

  /** `wordsOf` must tell of a shard as it is after the latest `add` or `remove`. */
  constructor(wordsOf: WordsOf) {
    this.#wordsOf = wordsOf
  }

  /** Takes the words of a shard in; its id must be free. */
  add(shard: number, words: Int32Array): void {
    const highest = words[words.length - 1] ?? 0
    this.#counts = widened(this.#counts, highest + 1)
    for (let at = 0; at < words.length; at++) this.#counts[words[at]!]!++
    this.#shards++
    this.#note(shard)
  }

  /** Takes the words of a shard out. */
  remove(shard: number, words: Int32Array): void {
    for (let at = 0; at < words.length; at++) this.#counts[words[at]!]!--
    this.#shards--
    this.#note(shard)
  }

  /** In how many shards a word stands. */
  countOf(word: number): number {
    return this.#counts[word] ?? 0
  }

  /** Calls `visit` with each shard that holds a word, those that changed last; until it gives false. */
  each(word: number, visit: (shard: number) => boolean): void {
    if (this.countOf(word) === 0) return
    const { starts, shards } = this.#table
    const end = starts[word + 1] ?? 0
    for (let at = starts[word] ?? 0; at < end; at++) {
      const shard = shards[at]!
      if (this.#isChanged[shard] !== 1 && !visit(shard)) return
    }
    for (const shard of this.#changed) if (this.holds(shard, word) && !visit(shard)) return
  }

  /** Whether a word stands in a shard. */
  holds(shard: number, word: number): boolean {
    const words = this.#wordsOf(shard)
    return words !== null && words[lowerBound(words, word)] === word
  }

  /** By shard id, the sum of the weights (by word id) of the words that stand in the shard. Good until the next call. */
  sums(weights: ReadonlyMap<number, number>): Readonly<Float64Array> {
    if (this.#sums.length < this.#isChanged.length) this.#sums = new Float64Array(this.#isChanged.length)
    const sums = this.#sums.fill(0)
    const { starts, shards } = this.#table
    for (const [word, weight] of weights) {
      const end = starts[word + 1] ?? 0
      for (let at = starts[word] ?? 0; at < end; at++) sums[shards[at]!]! += weight
    }
    for (const shard of this.#changed) sums[shard] = sumOf(this.#wordsOf(shard), weights)
    return sums
  }

  /** Builds the table anew, in slices, if much changed or the moment is `quiet`. Only speed depends on it. */
  async merge(slice: TimeSlice, quiet: boolean): Promise<void> {
    const most = quiet ? FEW_CHANGED : LEAST_CHANGED + this.#shards / SHARE
    if (this.#sinceBegun !== null || this.#changed.size <= most) return
    const since = new Set<number>()
    this.#sinceBegun = since
    this.#table = await this.#build(slice)
    this.#sinceBegun = null
    this.#changed = since
    this.#isChanged.fill(0)
    for (const shard of since) this.#isChanged[shard] = 1
  }

  async #build(slice: TimeSlice): Promise<WordTable> {
    const count = this.#isChanged.length
    // Shards replaced meanwhile are looked at themselves; here both passes must see the same words.
    const words = Array.from({ length: count }, (_, shard) => this.#wordsOf(shard))
    const starts = new Int32Array(this.#counts.length + 1)
    await eachWord(words, slice, word => void starts[word + 1]!++)
    for (let word = 1; word < starts.length; word++) starts[word]! += starts[word - 1]!
    const size = starts[starts.length - 1]!
    const shards = count <= NARROW_SHARDS ? new Uint16Array(size) : new Int32Array(size)
    const next = starts.slice()
    await eachWord(words, slice, (word, shard) => {
      shards[next[word]!++] = shard
    })
    return { starts, shards }
  }

  #note(shard: number): void {
    this.#isChanged = widened(this.#isChanged, shard + 1)
    this.#isChanged[shard] = 1
    this.#changed.add(shard)
    this.#sinceBegun?.add(shard)
  }
}

async function eachWord(
  wordsOf: readonly (Int32Array | null)[],
  slice: TimeSlice,
  visit: (word: number, shard: number) => void,
): Promise<void> {
  let unlooked = 0
  for (let shard = 0; shard < wordsOf.length; shard++) {
    const words = wordsOf[shard] ?? null
    if (words === null) continue
    for (let at = 0; at < words.length; at++) visit(words[at]!, shard)
    unlooked += words.length
    if (unlooked < WORDS_PER_LOOK) continue
    unlooked = 0
    if (slice.due()) await slice.pause()
  }
}

function sumOf(words: Int32Array | null, weights: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const word of words ?? []) sum += weights.get(word) ?? 0
  return sum
}
