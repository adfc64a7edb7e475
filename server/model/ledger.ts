/** A finished response that later ones can go on from. */
export interface LedgerEntry {
  /** The lane that keeps it. */
  readonly lane: string | null
  readonly response: string
  /** Everything of its request but the input, in JSON text. */
  readonly fields: string
  /** Its input and its answer, each item in JSON text. */
  readonly items: readonly string[]
}

interface Kept {
  readonly entry: LedgerEntry
  usedAt: number
}

/** How long in ms a provider can be trusted to keep an idle response: five minutes were seen, so less. */
const KEPT_MS = 4 * 60_000

/**
 * What a socket's server remembers: the latest response of each lane.
 * Invariant: an entry is here only while the server must still have it, so a doubt removes it.
 */
export class Ledger {
  readonly #kept = new Map<string | null, Kept>()

  /** Records a finished response; the lane's former one is forgotten, as the server forgets it. */
  record(entry: LedgerEntry, now: number): void {
    this.#kept.set(entry.lane, { entry, usedAt: now })
  }

  /** The lane moves on, or what it kept is gone. */
  forget(lane: string | null): void {
    this.#kept.delete(lane)
  }

  /** The response that saves the most of `items` for a request with these fields, or null. Counts as using it. */
  match(fields: string, items: readonly string[], now: number): LedgerEntry | null {
    let best: Kept | null = null
    for (const kept of this.#kept.values()) {
      if (now - kept.usedAt > KEPT_MS || kept.entry.fields !== fields) continue
      if (best !== null && kept.entry.items.length <= best.entry.items.length) continue
      if (extendsItems(items, kept.entry.items)) best = kept
    }
    if (best === null) return null
    best.usedAt = now
    return best.entry
  }
}

/** Whether `items` starts with all of `start` and has more after it. */
function extendsItems(items: readonly string[], start: readonly string[]): boolean {
  return items.length > start.length && start.every((item, at) => items[at] === item)
}
