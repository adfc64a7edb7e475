/** Lets everything else that waits on the event loop run once. */
export function yieldToLoop(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** Splits a long loop: `await slice.pause()` when `slice.due()`, so that no stretch runs longer than `budgetMs`. */
export class TimeSlice {
  readonly #budgetMs: number
  #end: number

  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs
    this.#end = performance.now() + budgetMs
  }

  /** Whether the present stretch has used up its milliseconds. */
  due(): boolean {
    return performance.now() >= this.#end
  }

  /** Yields to the event loop and starts a new stretch. */
  async pause(): Promise<void> {
    await yieldToLoop()
    this.#end = performance.now() + this.#budgetMs
  }
}
