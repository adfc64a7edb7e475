/** What something took. */
export interface Taken {
  /** By the clock. */
  readonly ms: number
  /** Processor time of this process, all its threads together: what a busy machine adds to `ms` is not in it. */
  readonly cpuMs: number
}

/** Starts to measure; the result tells what it took until then. */
export function stopwatch(): () => Taken {
  const cpu = process.cpuUsage()
  const start = performance.now()
  return () => {
    const ms = performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    return { ms, cpuMs: (user + system) / 1000 }
  }
}
