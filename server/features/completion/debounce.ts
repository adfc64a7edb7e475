import type { Clock } from "../../model/clock.ts"
import type { Eagerness } from "./gates.ts"

/** Pauses in ms before a model is asked, while nobody rejects anything. */
const BASE_MS: Readonly<Record<Eagerness, number>> = { quiet: 75, normal: 30, eager: 30 }
/** What each rejection multiplies the pause by, and the longest it may become, ms. */
const GROWTH = 1.3
const LONGEST_MS = 150
/** Half of what rejections did to the pause is forgotten in so many ms. */
const HALF_LIFE_MS = 20_000

/** After these nobody goes on typing without a thought. */
const OPENERS = /[([{\n]$/

/** What the pause depends on. */
interface PauseQuery {
  readonly eagerness: Eagerness
  /** Whether the editor waited already, or the user asked by a key. */
  readonly skips: boolean
  /** The text inserted last; empty if it was something else. */
  readonly inserted: string
}

/** How long typing must pause before a model is asked: longer for those who reject what they are shown, and less so by and by. */
export class Debounce {
  readonly #clock: Clock
  /** How often the pause was multiplied, as of `#since`. */
  #rejections = 0
  #since = 0
  #skipsNext = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds to wait; 0 on a new line, after an opening bracket, and once after an accepted suggestion. */
  pauseMs({ eagerness, skips, inserted }: PauseQuery): number {
    const isFree =
      skips || this.#skipsNext || OPENERS.test(inserted.replace(/[ \t]+$/, "").replace(/[)\]}"'`]+$/, ""))
    this.#skipsNext = false
    if (isFree) return 0
    return Math.min(LONGEST_MS, BASE_MS[eagerness] * GROWTH ** this.#remembered())
  }

  /** A suggestion was accepted: the user wants more of it, and soon. */
  accepted(): void {
    this.#rejections = 0
    this.#skipsNext = true
  }

  /** A suggestion was looked at and not wanted. */
  rejected(): void {
    const most = Math.log(LONGEST_MS / BASE_MS.eager) / Math.log(GROWTH)
    this.#rejections = Math.min(most, this.#remembered() + 1)
    this.#since = this.#clock.now()
  }

  #remembered(): number {
    return this.#rejections * 0.5 ** ((this.#clock.now() - this.#since) / HALF_LIFE_MS)
  }
}
