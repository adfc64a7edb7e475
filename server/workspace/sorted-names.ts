/** Names per chunk before it is split in two. */
const CHUNK = 512

/** Some names in order; `ids`, `masks` and `texts` are parallel. */
interface Chunk {
  readonly ids: number[]
  /** Letters each name holds, see `letterMask`. */
  readonly masks: number[]
  readonly texts: string[]
}

/**
 * A set of names in the order of their UTF-16 code units, each with an id.
 * Adding or removing one costs a few µs at any size, so that the set is always whole and no query waits for a sort.
 * Invariant: no chunk is empty, unless it is the only one.
 */
export class SortedNames {
  readonly #chunks: Chunk[] = [{ ids: [], masks: [], texts: [] }]

  /** Adds a name that is not in the set. */
  add(text: string, id: number): void {
    const place = this.#chunkOf(text)
    const chunk = this.#chunks[place]!
    const at = firstNotBelow(chunk.texts, text)
    chunk.texts.splice(at, 0, text)
    chunk.ids.splice(at, 0, id)
    chunk.masks.splice(at, 0, letterMask(text))
    if (chunk.texts.length > CHUNK) this.#split(place)
  }

  /** Removes a name that is in the set. */
  remove(text: string): void {
    const place = this.#chunkOf(text)
    const chunk = this.#chunks[place]!
    const at = firstNotBelow(chunk.texts, text)
    if (chunk.texts[at] !== text) return
    chunk.texts.splice(at, 1)
    chunk.ids.splice(at, 1)
    chunk.masks.splice(at, 1)
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

  /** Calls `visit` with each name that holds at least the letters of `mask`. */
  withLetters(mask: number, visit: (text: string, id: number) => void): void {
    for (const { texts, ids, masks } of this.#chunks) {
      for (let at = 0; at < masks.length; at++) {
        if ((masks[at]! & mask) === mask) visit(texts[at]!, ids[at]!)
      }
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

  #split(place: number): void {
    const { ids, masks, texts } = this.#chunks[place]!
    const half = texts.length >> 1
    const later = { ids: ids.splice(half), masks: masks.splice(half), texts: texts.splice(half) }
    this.#chunks.splice(place + 1, 0, later)
  }
}

/** Which of the letters a to z a text holds, in either case: bit 0 for a; bit 26 for digits, 27 for anything else. */
export function letterMask(text: string): number {
  let mask = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const letter = (unit | 32) - 97
    if (letter >= 0 && letter < 26 && unit >= 65 && unit < 123) mask |= 1 << letter
    else mask |= unit >= 48 && unit < 58 ? 1 << 26 : 1 << 27
  }
  return mask
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
