import { detached } from "../base/detached.ts"
import type { Interner } from "../base/interner.ts"
import type { TimeSlice } from "../base/time-slice.ts"
import { type ImportFact, SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"
import type { FileFacts } from "./file-facts.ts"
import type { ReportedFacts } from "./shard-codec.ts"

/** Ids of a shared interner by the ids of a foreign dictionary, which count up from 0. */
export class IdTable {
  #ids = new Int32Array(1024)
  #size = 0

  /** How many ids there are; also the next one. */
  get size(): number {
    return this.#size
  }

  add(shared: number): void {
    if (this.#size === this.#ids.length) {
      const wider = new Int32Array(this.#size * 2)
      wider.set(this.#ids)
      this.#ids = wider
    }
    this.#ids[this.#size++] = shared
  }

  /** Throws RangeError if the dictionary has no such id. */
  of(id: number): number {
    if (id < 0 || id >= this.#size)
      throw new RangeError(`a dictionary of ${this.#size} words has no word ${id}`)
    return this.#ids[id]!
  }

  /** As `of`, for each. */
  ofAll(ids: Int32Array): Int32Array {
    return ids.map(id => this.of(id))
  }
}

/** Words interned between two looks at the clock. */
const WORDS_PER_LOOK = 256

/** Adds the ids of `words` to `ids`, in slices. */
export async function internAll(
  words: readonly string[],
  ids: IdTable,
  interner: Interner,
  slice: TimeSlice,
): Promise<void> {
  for (let at = 0; at < words.length; at++) {
    ids.add(interner.intern(words[at]!))
    if (at % WORDS_PER_LOOK === 0 && slice.due()) await slice.pause()
  }
}

/**
 * Reported facts as the facts of one file, with ids and names of `interner` and sharing no memory with the report; `words`
 * are shared ids, ascending. Throws RangeError if a name is not in `ids`.
 */
export function ownFacts(
  facts: ReportedFacts,
  file: Pick<FileFacts, "path" | "mtimeMs" | "words">,
  ids: IdTable,
  interner: Interner,
): FileFacts {
  const symbols = facts.symbols.slice()
  for (let at = SymbolColumn.name; at < symbols.length; at += SYMBOL_STRIDE)
    symbols[at] = ids.of(symbols[at]!)
  const { language, rough, bytes, lines } = facts
  return {
    ...file,
    language,
    hash: detached(facts.hash),
    rough,
    bytes,
    lines,
    symbols,
    signatures: detached(facts.signatures),
    imports: facts.imports.map(fact => ownImport(fact, interner)),
  }
}

function ownImport(fact: ImportFact, interner: Interner): ImportFact {
  const shared = (name: string): string => interner.text(interner.intern(name))
  const names = fact.names.map(({ name, as }) => ({ name: shared(name), as: shared(as) }))
  return { ...fact, source: detached(fact.source), names }
}
