import type { Clock } from "../../model/clock.ts"
import type { Eagerness } from "./gates.ts"

/** Asks earned by each edit, by each second, and the most that are saved up. */
const PER_EDIT: Readonly<Record<Eagerness, number>> = { quiet: 0.1, normal: 0.2, eager: 0.4 }
const PER_SECOND = 0.2
const MOST = 6
/** What must be left when it is only a guess that an answer will be wanted. */
const RESERVE = 3

/**
 * How many asks typing may cost: every edit earns a share of one, so that a fast typist costs no more than the share, and
 * time earns some, so that a pause is always worth an ask.
 */
export class Allowance {
  readonly #clock: Clock
  #left = MOST
  #since: number
  #eagerness: Eagerness = "normal"

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.now()
  }

  /** An edit was made. */
  edited(): void {
    this.#earn(PER_EDIT[this.#eagerness])
  }

  /** The user's present setting. */
  set eagerness(eagerness: Eagerness) {
    this.#eagerness = eagerness
  }

  /** Takes one ask, if one is left; a guess leaves a reserve. */
  take(isGuess: boolean): boolean {
    if (!this.has(isGuess)) return false
    this.#left--
    return true
  }

  /** Whether one could be taken. */
  has(isGuess: boolean): boolean {
    const now = this.#clock.now()
    this.#earn(((now - this.#since) / 1000) * PER_SECOND)
    this.#since = now
    return this.#left >= (isGuess ? RESERVE : 1)
  }

  #earn(asks: number): void {
    this.#left = Math.min(MOST, this.#left + Math.max(0, asks))
  }
}
