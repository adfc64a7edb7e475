import type { SymbolHit, SymbolIndex } from "../file-facts.ts"
import type { RemoteHit, RemoteIndex } from "./remote-index.ts"

/** Declarations found here, and behind them those found elsewhere. */
interface WideHits {
  readonly local: readonly SymbolHit[]
  readonly remote: readonly RemoteHit[]
}

/**
 * Declarations of a name: the local ones at once, and as many remote ones behind them as `limit` leaves room for. The
 * remote is not asked where the local index fills the limit, nor where there is none (null). What it says of a file
 * that is checked out here is left out: the local word is newer. Rejects with `Cancelled` only.
 */
export async function declarationsEverywhere(
  name: string,
  limit: number,
  index: Pick<SymbolIndex, "exact">,
  remote: RemoteIndex | null,
  signal: AbortSignal,
): Promise<WideHits> {
  const local = index.exact(name, limit)
  if (remote === null || local.length >= limit) return { local, remote: [] }
  const hits = await remote.symbols(name, limit, signal)
  const others = hits.filter(hit => !local.some(({ path }) => `/${path}`.endsWith(`/${hit.path}`)))
  return { local, remote: others.slice(0, limit - local.length) }
}
