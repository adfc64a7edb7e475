/** A timer that can be stopped; stopping it twice does nothing. */
export interface Timer {
  stop(): void
}

/** Time, passed in so that tests can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch; goes on while the machine sleeps, so it is right for ages. */
  now(): number
  /** Milliseconds from some fixed point, finer than `now`; right for durations of work. */
  ticks(): number
  /** Calls `run` once, `ms` from now or later. Never keeps the process alive. */
  after(ms: number, run: () => void): Timer
}

/** The machine's own time. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    ticks: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
      timer.unref()
      return { stop: () => clearTimeout(timer) }
    },
  }
}
