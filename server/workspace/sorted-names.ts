import { FuzzyBound, letterMask, pairMask, wordStartMask } from "./fuzzy-score.ts"

/** Names per chunk before it is split in two. */
const CHUNK = 512
/** Stands for any length from here on. */
const LONG = 255

/** Some names in order; the columns are parallel to `texts`, with room for one chunk and one name more. */
class Chunk {
  readonly texts: string[] = []
  readonly ids: Int32Array = new Int32Array(CHUNK + 1)
  /** Letters each name holds, and those that start its words; see `letterMask`. */
  readonly letters: Int32Array = new Int32Array(CHUNK + 1)
  readonly starts: Int32Array = new Int32Array(CHUNK + 1)
  /** See `pairMask`. */
  readonly pairs: Int32Array = new Int32Array(CHUNK + 1)
  /** UTF-16 units of each name, or `LONG` if it has more. */
  readonly lengths: Uint8Array = new Uint8Array(CHUNK + 1)

  insert(at: number, text: string, id: number): void {
    for (const column of this.#columns()) column.copyWithin(at + 1, at, this.texts.length)
    this.texts.splice(at, 0, text)
    this.ids[at] = id
    this.letters[at] = letterMask(text)
    this.starts[at] = wordStartMask(text)
    this.pairs[at] = pairMask(text)
    this.lengths[at] = Math.min(LONG, text.length)
  }

  remove(at: number): void {
    for (const column of this.#columns()) column.copyWithin(at, at + 1, this.texts.length)
    this.texts.splice(at, 1)
  }

  /** Moves the names from `at` on to a new chunk. */
  split(at: number): Chunk {
    const later = new Chunk()
    const columns = later.#columns()
    for (const [index, column] of this.#columns().entries()) {
      columns[index]!.set(column.subarray(at, this.texts.length))
    }
    later.texts.push(...this.texts.splice(at))
    return later
  }

  matching(bound: FuzzyBound, least: number, visit: (text: string, id: number) => number): number {
    const { texts, ids, letters, starts, pairs, lengths } = this
    const wanted = bound.letters
    let floor = least
    for (let at = 0; at < texts.length; at++) {
      if ((letters[at]! & wanted) !== wanted) continue
      if (bound.mayExceed(floor, starts[at]!, pairs[at]!, lengths[at]!)) floor = visit(texts[at]!, ids[at]!)
    }
    return floor
  }

  #columns(): readonly (Int32Array | Uint8Array)[] {
    return [this.ids, this.letters, this.starts, this.pairs, this.lengths]
  }
}

/**
 * A set of names in the order of their UTF-16 code units, each with an id.
 * Adding or removing one costs a few µs at any size, so that the set is always whole and no query waits for a sort.
 * Invariant: no chunk is empty, unless it is the only one.
 */
export class SortedNames {
  readonly #chunks: Chunk[] = [new Chunk()]

  /** Adds a name that is not in the set. */
  add(text: string, id: number): void {
    const place = this.#chunkOf(text)
    const chunk = this.#chunks[place]!
    chunk.insert(firstNotBelow(chunk.texts, text), text, id)
    if (chunk.texts.length > CHUNK) this.#chunks.splice(place + 1, 0, chunk.split(CHUNK >> 1))
  }

  /** Removes a name that is in the set. */
  remove(text: string): void {
    const place = this.#chunkOf(text)
    const chunk = this.#chunks[place]!
    const at = firstNotBelow(chunk.texts, text)
    if (chunk.texts[at] !== text) return
    chunk.remove(at)
    if (chunk.texts.length === 0 && this.#chunks.length > 1) this.#chunks.splice(place, 1)
  }

  /** Ids of the names that start with `prefix`, in order of the names. */
  *startingWith(prefix: string): Generator<number, void> {
    let place = this.#chunkOf(prefix)
    let at = firstNotBelow(this.#chunks[place]!.texts, prefix)
    for (; place < this.#chunks.length; place++, at = 0) {
      const { texts, ids } = this.#chunks[place]!
      for (; at < texts.length; at++) {
        if (!texts[at]!.startsWith(prefix)) return
        yield ids[at]!
      }
    }
  }

  /**
   * Calls `visit` with each name that may score above what it gave last, or any at first. Begins where the pattern itself
   * would be: the best names are likely there, and the sooner they are seen the fewer others need to be.
   */
  matching(pattern: string, visit: (text: string, id: number) => number): void {
    const bound = new FuzzyBound(pattern)
    const first = this.#chunkOf(pattern)
    let floor = -Infinity
    for (let index = 0; index < this.#chunks.length; index++) {
      const chunk = this.#chunks[(first + index) % this.#chunks.length]!
      floor = chunk.matching(bound, floor, visit)
    }
  }

  /** The chunk in which a name is, or would be. */
  #chunkOf(text: string): number {
    let low = 0
    let high = this.#chunks.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#chunks[middle]!.texts[0]! <= text) low = middle
      else high = middle
    }
    return low
  }
}

function firstNotBelow(texts: readonly string[], text: string): number {
  let low = 0
  let high = texts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (texts[middle]! < text) low = middle + 1
    else high = middle
  }
  return low
}
