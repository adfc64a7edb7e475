import type { Role } from "./ask.ts"
import type { Clock, Timer } from "./clock.ts"
import type { PendingAsk } from "./pending-ask.ts"

/** How long an ask may take, in ms: until its first text, between two texts, and in all. */
export interface Patience {
  readonly first: number
  readonly silence: number
  readonly total: number
}

/** A late completion is useless, a late review is not. */
export const PATIENCE: { readonly [role in Role]: Patience } = {
  live: { first: 8_000, silence: 5_000, total: 30_000 },
  deep: { first: 120_000, silence: 90_000, total: 600_000 },
}

/** Calls `late` once if an ask takes longer than it may. One timer per ask, moved only when it fires. */
export class Deadline {
  readonly #ask: PendingAsk
  readonly #patience: Patience
  readonly #clock: Clock
  readonly #late: () => void
  #timer: Timer

  constructor(ask: PendingAsk, patience: Patience, clock: Clock, late: () => void) {
    this.#ask = ask
    this.#patience = patience
    this.#clock = clock
    this.#late = late
    this.#timer = clock.after(patience.first, () => this.#look())
  }

  stop(): void {
    this.#timer.stop()
  }

  #look(): void {
    const left = this.#left()
    if (left <= 0) this.#late()
    else this.#timer = this.#clock.after(left, () => this.#look())
  }

  #left(): number {
    const { first, silence, total } = this.#patience
    const next = this.#ask.shown ? silence - this.#ask.silence : first - this.#ask.age
    return Math.min(next, total - this.#ask.age)
  }
}
