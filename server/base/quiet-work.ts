/** The longest it is put off where it was not possible, ms. */
const LONGEST_PAUSE_MS = 3_600_000

/** What is done when. */
interface QuietWorkOptions {
  /** Makes good all changes so far; gives false if that is not possible now. */
  readonly work: () => Promise<boolean>
  /** Ms without a change after which it is done. */
  readonly quietMs: number
  /** Ms after the first change not made good when it is done in any case. */
  readonly longestMs: number
}

/**
 * Does in quiet moments what further and further changes call for, one time after the other. What was not possible is tried
 * again after `longestMs`, then after twice as long each time, but at least every hour.
 */
export class QuietWork {
  readonly #options: QuietWorkOptions
  #timer: NodeJS.Timeout | undefined
  /** When the first change not made good was, ms of `performance.now`; null if there is none. */
  #since: number | null = null
  /** How long it is put off because it was not possible, ms, and until when, ms of `performance.now`. */
  #pauseMs = 0
  #pausedUntil = 0
  #working: Promise<void> = Promise.resolve()
  #ended = false

  constructor(options: QuietWorkOptions) {
    this.#options = options
  }

  /** Tells that there is something to do. Costs next to nothing, however often it is called. */
  changed(): void {
    if (this.#ended) return
    const now = performance.now()
    this.#since ??= now
    const { quietMs, longestMs } = this.#options
    const due = Math.max(this.#pausedUntil, Math.min(now + quietMs, this.#since + longestMs))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.done(), due - now)
    this.#timer.unref()
  }

  /** Does now what is not done yet; resolves when it is. Rejects as `work` does. */
  done(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#since !== null && !this.#ended) {
      this.#since = null
      this.#working = this.#working.then(() => this.#work())
    }
    return this.#working
  }

  /** Does no more. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  async #work(): Promise<void> {
    if (this.#ended) return
    if (await this.#options.work()) {
      this.#pauseMs = 0
      this.#pausedUntil = 0
      return
    }
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(this.#options.longestMs, 2 * this.#pauseMs))
    this.#pausedUntil = performance.now() + this.#pauseMs
    this.changed()
  }
}
