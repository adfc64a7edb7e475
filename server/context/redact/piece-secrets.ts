import { LRUCache } from "lru-cache"
import { findSecrets } from "./find-secrets.ts"
import { holdsKeyMark } from "./key-blocks.ts"
import { type SecretSpan, within } from "./secret-span.ts"

/**
 * How much of other pieces is looked at on either side of one, UTF-16 code units; always whole pieces. A secret is told by its
 * own line or the one before, or by full lines of a key next to it; only from the marks of keys it may stand farther.
 */
const REACH = 300
/** Pieces whose secrets are remembered: those of several prompts. */
const MAX_KNOWN = 1024

/** Some pieces of a prompt, by index, `last` exclusive. */
interface Stretch {
  readonly first: number
  readonly last: number
}

/**
 * Finds the secrets in pieces that follow each other, each in lines of its own, and remembers what it found: of pieces that
 * come again only those are looked at anew that something else stands around.
 * Invariant: what it remembers makes it quick and never makes a finding differ.
 */
export class PieceSecrets {
  /** By the piece's number among those around it, and their names. */
  readonly #known = new LRUCache<string, readonly SecretSpan[]>({ max: MAX_KNOWN })
  /** Short names of pieces, none given twice. */
  readonly #names = new LRUCache<string, number>({ max: MAX_KNOWN })
  #last = 0

  /** For each piece what a look at all of them at once finds in it, with an edge at either end of each; offsets count from its start. */
  find(pieces: readonly string[]): readonly (readonly SecretSpan[])[] {
    const all = { first: 0, last: pieces.length }
    if (pieces.some(holdsKeyMark)) return spansIn(pieces, all)
    const names = pieces.map(piece => this.#nameOf(piece))
    const keys = pieces.map((_, at) => {
      const { first, last } = around(pieces, at)
      return `${at - first}:${names.slice(first, last).join()}`
    })
    const found = keys.map(key => this.#known.get(key) ?? null)
    for (let at = 0; at < pieces.length; at++) {
      const first = at
      while (at < pieces.length && found[at] === null) at++
      if (at > first) this.#look(pieces, keys, found, { first, last: at })
    }
    return found.map(spans => spans!)
  }

  #nameOf(piece: string): number {
    const name = this.#names.get(piece) ?? ++this.#last
    this.#names.set(piece, name)
    return name
  }

  /** Looks at some pieces and at what stands around them. */
  #look(
    pieces: readonly string[],
    keys: readonly string[],
    found: (readonly SecretSpan[] | null)[],
    { first, last }: Stretch,
  ): void {
    const seen = { first: around(pieces, first).first, last: around(pieces, last - 1).last }
    const spans = spansIn(pieces, seen)
    for (let at = first; at < last; at++) {
      found[at] = spans[at - seen.first]!
      this.#known.set(keys[at]!, found[at]!)
    }
  }
}

/** A piece with those before and after it from which it may be told. */
function around(pieces: readonly string[], at: number): Stretch {
  let [first, last] = [at, at + 1]
  for (let units = 0; first > 0 && units < REACH; units += pieces[first]!.length + 1) first--
  for (let units = 0; last < pieces.length && units < REACH; units += pieces[last - 1]!.length + 1) last++
  return { first, last }
}

/** The secrets in each piece of a stretch, by one look at all of it. */
function spansIn(pieces: readonly string[], { first, last }: Stretch): readonly (readonly SecretSpan[])[] {
  const seen = pieces.slice(first, last)
  const edges: number[] = []
  let length = 0
  for (const piece of seen) {
    edges.push(length, length + piece.length)
    length += piece.length + 1
  }
  const spans = findSecrets(seen.join("\n"), edges)
  let next = 0
  return seen.map((_, at) => {
    const [start, end] = [edges[2 * at]!, edges[2 * at + 1]!]
    while (next < spans.length && spans[next]!.end <= start) next++
    const inside: SecretSpan[] = []
    for (let each = next; each < spans.length && spans[each]!.start < end; each++)
      inside.push(within(spans[each]!, start, end))
    return inside
  })
}
