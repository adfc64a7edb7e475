/** Settles at a moment of `performance.now()`, or at once if that has passed: how a scripted model takes its time. */
export function pauseUntil(at: number): Promise<void> {
  const ms = at - performance.now()
  return ms <= 0 ? Promise.resolve() : new Promise(go => setTimeout(go, ms))
}
