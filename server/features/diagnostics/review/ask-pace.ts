import type { Clock } from "../../../model/clock.ts"
import { pauseFor } from "../../pause.ts"

const MINUTE_MS = 60_000

/** Spreads asks that nobody waits for: at most so many a minute, one after the other as they are let go. */
export class AskPace {
  readonly #perMinute: () => number
  readonly #clock: Clock
  #asked: number[] = []

  /** `perMinute` is asked each time: settings change. */
  constructor(perMinute: () => number, clock: Clock) {
    this.#perMinute = perMinute
    this.#clock = clock
  }

  /** Resolves when one more may be asked, and counts it. Rejects with `Cancelled` as soon as `signal` aborts. */
  async turn(signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.#clock.now()
      this.#asked = this.#asked.filter(at => now - at < MINUTE_MS)
      if (this.#asked.length < this.#perMinute()) break
      await pauseFor(this.#asked[0]! + MINUTE_MS - now, this.#clock, signal)
    }
    this.#asked.push(this.#clock.now())
  }
}
