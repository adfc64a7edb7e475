import type { Role, Usage } from "./ask.ts"
import type { Clock } from "./clock.ts"

/** What a user allows to be spent; null for no bound. */
export interface Budget {
  readonly asksPerMinute: number | null
  readonly tokensPerDay: number | null
}

/** Why no ask may be sent now, and until when (ms since the Unix epoch). */
export interface Refusal {
  readonly reason: "rate-limited" | "overloaded" | "asks-spent" | "tokens-spent" | "unauthorized"
  readonly until: number
  /** Whether it passes soon enough for a `deep` ask to wait for it. */
  readonly waitable: boolean
}

/** Tokens and asks of one role since the session began. */
export interface RoleTotals {
  readonly asks: number
  readonly input: number
  readonly cached: number
  readonly output: number
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Waits in ms after a limit that names none: doubled each time, from the first to the last of these. */
const FIRST_WAIT_MS = 1_000
const LAST_WAIT_MS = 60_000

const NOTHING: RoleTotals = { asks: 0, input: 0, cached: 0, output: 0 }

/** What may be asked now: the provider's limits and the user's own. A day begins at midnight UTC. */
export class Limits {
  readonly #budget: Budget
  readonly #clock: Clock
  readonly #totals: { [role in Role]: RoleTotals } = { live: NOTHING, deep: NOTHING }
  #refusal: Refusal | null = null
  #waitMs = FIRST_WAIT_MS
  #overloads = 0
  #askedAt: number[] = []
  #day = -1
  #tokensToday = 0

  constructor(budget: Budget, clock: Clock) {
    this.#budget = budget
    this.#clock = clock
  }

  /** Why nothing may be asked now, or null. */
  refusal(): Refusal | null {
    const now = this.#clock.now()
    if (this.#refusing()) return this.#refusal
    this.#refusal = null
    const { asksPerMinute, tokensPerDay } = this.#budget
    if (tokensPerDay !== null && this.#spentToday(now) >= tokensPerDay) {
      return { reason: "tokens-spent", until: (Math.floor(now / DAY_MS) + 1) * DAY_MS, waitable: false }
    }
    this.#askedAt = this.#askedAt.filter(at => now - at < MINUTE_MS)
    if (asksPerMinute === null || this.#askedAt.length < asksPerMinute) return null
    return { reason: "asks-spent", until: (this.#askedAt[0] ?? now) + MINUTE_MS, waitable: false }
  }

  /** The provider wants fewer asks, and said for how long or did not. */
  limited(retryAfterMs: number | null): void {
    if (retryAfterMs === null && this.#refusing()) return
    this.#refuse("rate-limited", retryAfterMs ?? this.#nextWait())
  }

  /** The provider's own trouble. Once may be chance; from the second time in a row it is left in peace for a while. */
  overloaded(retryAfterMs: number | null): void {
    if (retryAfterMs === null && this.#refusing()) return
    this.#overloads++
    if (retryAfterMs === null && this.#overloads < 2) return
    this.#refuse("overloaded", retryAfterMs ?? this.#nextWait())
  }

  /** An answer came as it should. */
  answered(): void {
    this.#waitMs = FIRST_WAIT_MS
    this.#overloads = 0
  }

  /** The key was refused twice: asking on would only be refused again for a while. */
  unauthorized(): void {
    this.#refuse("unauthorized", MINUTE_MS)
  }

  /** An ask goes out. */
  countAsk(role: Role): void {
    if (this.#budget.asksPerMinute !== null) this.#askedAt.push(this.#clock.now())
    this.#totals[role] = { ...this.#totals[role], asks: this.#totals[role].asks + 1 }
  }

  /** A response was counted by its provider. */
  countTokens(role: Role, usage: Usage): void {
    this.#spentToday(this.#clock.now())
    this.#tokensToday += usage.input + usage.output
    const had = this.#totals[role]
    this.#totals[role] = {
      asks: had.asks,
      input: had.input + usage.input,
      cached: had.cached + usage.cached,
      output: had.output + usage.output,
    }
  }

  /** What each role has used since the session began. */
  totals(): { readonly [role in Role]: RoleTotals } {
    return { ...this.#totals }
  }

  /** Asks that were under way together are refused together: of several waits the longest counts. */
  #refuse(reason: Refusal["reason"], ms: number): void {
    const until = this.#clock.now() + ms
    if (this.#refusal !== null && this.#refusal.until >= until) return
    this.#refusal = { reason, until, waitable: reason !== "unauthorized" }
  }

  #refusing(): boolean {
    return this.#refusal !== null && this.#clock.now() < this.#refusal.until
  }

  #nextWait(): number {
    const wait = this.#waitMs
    this.#waitMs = Math.min(LAST_WAIT_MS, wait * 2)
    return wait
  }

  #spentToday(now: number): number {
    const day = Math.floor(now / DAY_MS)
    if (day !== this.#day) this.#tokensToday = 0
    this.#day = day
    return this.#tokensToday
  }
}
