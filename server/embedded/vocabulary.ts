import { detached } from "../base/detached.ts"
import type { Interner } from "../base/interner.ts"

/** Ids from here on belong to one document only. */
const FIRST_OWN = 1 << 26

/**
 * The words of one open document: ids of the shared interner where it knows the text, own ids where it does not, so
 * that half-typed words never enter the shared one.
 */
export class DocumentVocabulary {
  readonly #interner: Interner
  readonly #own = new Map<string, number>()
  readonly #texts: string[] = []
  #checkedSize: number

  constructor(interner: Interner) {
    this.#interner = interner
    this.#checkedSize = interner.size
  }

  /** How many words the shared interner did not know. */
  get ownSize(): number {
    return this.#texts.length
  }

  /** The id of `text`, given now if it has none. */
  readonly intern = (text: string): number => {
    const shared = this.#interner.find(text)
    if (shared >= 0) return shared
    const known = this.#own.get(text)
    if (known !== undefined) return known
    const id = FIRST_OWN + this.#texts.length
    // A slice would keep the whole document alive, once per half-typed word.
    const own = detached(text)
    this.#texts.push(own)
    this.#own.set(own, id)
    return id
  }

  /** The string behind an id. */
  text(id: number): string {
    return id >= FIRST_OWN ? this.#texts[id - FIRST_OWN]! : this.#interner.text(id)
  }

  /** Whether the shared interner has come to know one of the own words since this was last asked. */
  isOutdated(): boolean {
    if (this.#checkedSize === this.#interner.size) return false
    this.#checkedSize = this.#interner.size
    return this.#texts.some(text => this.#interner.find(text) >= 0)
  }
}
