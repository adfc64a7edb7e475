import { detached } from "./detached.ts"

/** What a string takes beside its units: its head, its place in the list, and its entry in the map. */
const BYTES_PER_TEXT = 50

/** Strings as small integers: equal strings share an id, ids count up from 0 and are never reused. */
export class Interner {
  readonly #ids = new Map<string, number>()
  readonly #texts: string[] = []
  #units = 0

  /** How many distinct strings are held; also the next new id. */
  get size(): number {
    return this.#texts.length
  }

  /** Bytes of memory, about. */
  get memoryBytes(): number {
    return this.#units + this.size * BYTES_PER_TEXT
  }

  /** The id of `text`, given now if it has none. */
  intern(text: string): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#texts.length
    // A slice would keep the whole file alive that it was cut from.
    const own = detached(text)
    this.#texts.push(own)
    this.#units += own.length
    this.#ids.set(own, id)
    return id
  }

  /** The id of `text`, or -1 if it was never interned. */
  find(text: string): number {
    return this.#ids.get(text) ?? -1
  }

  /** The string behind an id that this interner gave. */
  text(id: number): string {
    const text = this.#texts[id]
    if (text === undefined) throw new RangeError(`no string has id ${id}`)
    return text
  }
}
