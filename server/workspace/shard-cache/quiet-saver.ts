/** When something is saved. */
interface QuietSaverOptions {
  /** Saves all there is; gives false if that is not possible, and is not called again then. */
  readonly save: () => Promise<boolean>
  /** Ms without a change after which it is saved. */
  readonly quietMs: number
  /** Ms after the first unsaved change when it is saved in any case. */
  readonly longestMs: number
}

/** Saves in quiet moments what keeps changing, one save after the other. */
export class QuietSaver {
  readonly #options: QuietSaverOptions
  #timer: NodeJS.Timeout | undefined
  /** When the first unsaved change was, ms of `performance.now`; null if there is none. */
  #since: number | null = null
  #saving: Promise<void> = Promise.resolve()
  #ended = false

  constructor(options: QuietSaverOptions) {
    this.#options = options
  }

  /** Tells that there is something to save. Costs next to nothing, however often it is called. */
  changed(): void {
    if (this.#ended) return
    const now = performance.now()
    this.#since ??= now
    const { quietMs, longestMs } = this.#options
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.saved(), Math.min(quietMs, this.#since + longestMs - now))
    this.#timer.unref()
  }

  /** Saves now what is not saved yet; resolves when it is. Rejects as `save` does. */
  saved(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#since !== null && !this.#ended) {
      this.#since = null
      this.#saving = this.#saving.then(() => this.#save())
    }
    return this.#saving
  }

  /** Saves no more. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  async #save(): Promise<void> {
    if (!this.#ended && !(await this.#options.save())) this.end()
  }
}
