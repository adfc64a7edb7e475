import type { CachedPack } from "./cache-manifest.ts"

/** A pack below this many bytes is small; so many small ones may be. */
const SMALL_BYTES = 128 << 10
const MOST_SMALL = 16
/** Dead shards may take up so many times what live ones do, and so many bytes in any case: they are other branches' shards. */
const MOST_DEAD = 1.5
const FREE_DEAD_BYTES = 8 << 20

/**
 * Packs to do without: small ones once they are many, and those with the smallest share of live shards while dead ones take
 * up too much. `liveIn` says how many of a pack's shards are in use.
 */
export function retiredPacks(
  packs: readonly CachedPack[],
  liveIn: (pack: CachedPack) => number,
): ReadonlySet<CachedPack> {
  const small = packs.filter(({ bytes }) => bytes < SMALL_BYTES)
  const retired = new Set(small.length > MOST_SMALL ? small : [])
  const shareOf = (pack: CachedPack): number => liveIn(pack) / Math.max(1, pack.keys.length)
  const liveBytes = packs.reduce((sum, pack) => sum + pack.bytes * shareOf(pack), 0)
  let dead = packs.reduce((sum, pack) => sum + pack.bytes * (1 - shareOf(pack)), 0)
  for (const pack of [...packs].sort((a, b) => shareOf(a) - shareOf(b))) {
    if (dead <= MOST_DEAD * liveBytes + FREE_DEAD_BYTES) break
    retired.add(pack)
    dead -= pack.bytes * (1 - shareOf(pack))
  }
  return retired
}
