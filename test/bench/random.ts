/** A deterministic stream of numbers in [0, 1). */
export type Random = () => number

/** The mulberry32 generator: equal seeds give equal streams on every machine. */
export function mulberry32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A whole number from 0 to `below - 1`. */
export function pickBelow(random: Random, below: number): number {
  return Math.floor(random() * below)
}

/** A new array with the same elements in a random order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map(item => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(entry => entry.item)
}
