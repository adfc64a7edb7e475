import type { Clock, Timer } from "../../server/model/clock.ts"

interface Pending {
  readonly at: number
  readonly run: () => void
}

/** Time that moves only when told to. */
export class FakeClock implements Clock {
  #now = 1_700_000_000_000
  readonly #pending = new Set<Pending>()

  now(): number {
    return this.#now
  }

  ticks(): number {
    return this.#now
  }

  after(ms: number, run: () => void): Timer {
    const pending = { at: this.#now + ms, run }
    this.#pending.add(pending)
    return { stop: () => this.#pending.delete(pending) }
  }

  /** How many timers are waiting. */
  get timers(): number {
    return this.#pending.size
  }

  /** Lets time pass: every timer runs at its own moment. */
  advance(ms: number): void {
    const until = this.#now + ms
    for (let next = this.#next(until); next !== null; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.at)
      this.#pending.delete(next)
      next.run()
    }
    this.#now = until
  }

  /** The machine sleeps: time has passed, and timers that were due run only now, all late. */
  suspend(ms: number): void {
    this.#now += ms
    this.advance(0)
  }

  #next(until: number): Pending | null {
    let first: Pending | null = null
    for (const pending of this.#pending) {
      if (pending.at <= until && (first === null || pending.at < first.at)) first = pending
    }
    return first
  }
}
