import type { PendingAsk } from "./pending-ask.ts"
import type { ErrorMeaning } from "./wire-error.ts"

/** Tries after the first, each for a reason of its own. */
const MOST_RETRIES = 2

/** Reasons that another try can do away with. */
const CURABLE: ReadonlySet<ErrorMeaning> = new Set<ErrorMeaning>([
  "stale-continuation",
  "no-lanes",
  "lane-names-used-up",
  "socket-too-old",
  "overlap",
  "unauthorized",
  "unknown-model",
  "no-effort",
])

/** Reasons that pass with time, which a `live` ask does not have. */
const PASSING: ReadonlySet<ErrorMeaning> = new Set<ErrorMeaning>(["rate-limited", "overloaded"])

/**
 * Whether a refused ask may be tried again: only if its asker has seen nothing of it. A refusal by name means that the
 * provider did not answer it; a lost connection never comes here, because there nobody knows.
 */
export function mayRetry(ask: PendingAsk, meaning: ErrorMeaning): boolean {
  if (ask.settled || ask.shown || ask.retries >= MOST_RETRIES) return false
  if (meaning === "unauthorized" && ask.retries > 0) return false
  if (meaning === "stale-continuation" && ask.wantsWholeInput) return false
  if (PASSING.has(meaning)) return ask.request.role === "deep" && ask.retries === 0
  return CURABLE.has(meaning)
}
