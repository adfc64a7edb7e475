import type { Clock } from "./clock.ts"

/** Messages between two looks at how long the reading goes on. */
const MESSAGES_TO_A_LOOK = 512

/** So many messages in less than this, in ms, are a flood. */
const FLOOD_MS = 50

/** How long in ms a flood is read before the rest of the event loop gets its turn. */
const STRETCH_MS = 6

/** Finds the moments in a flood of messages at which to let others go first. */
export class Flood {
  readonly #clock: Clock
  #messages = 0
  #lookedAt = 0
  #stretch = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** To be asked once for each message. */
  breaksAfterThis(): boolean {
    if (++this.#messages % MESSAGES_TO_A_LOOK !== 0) return false
    const now = this.#clock.ticks()
    const took = now - this.#lookedAt
    this.#lookedAt = now
    this.#stretch = took < FLOOD_MS ? this.#stretch + took : 0
    if (this.#stretch < STRETCH_MS) return false
    this.#stretch = 0
    return true
  }
}
