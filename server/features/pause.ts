import { raceAbort } from "../base/cancel.ts"
import type { Clock } from "../model/clock.ts"

/** Resolves after so many ms of the clock; rejects with `Cancelled` as soon as `signal` aborts. */
export async function pauseFor(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  await settledWithin(new Promise(() => {}), ms, clock, signal)
}

/**
 * Whether `work` settles within so many ms of the clock; what it resolves to is of no interest. Rejects with `Cancelled` as
 * soon as `signal` aborts.
 */
export async function settledWithin(
  work: Promise<unknown>,
  ms: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  if (ms <= 0) return false
  let isOver = (_: boolean): void => {}
  const over = new Promise<boolean>(resolve => {
    isOver = resolve
  })
  const timer = clock.after(ms, () => isOver(false))
  return raceAbort(Promise.race([work.then(() => true), over]), signal).finally(() => timer.stop())
}
