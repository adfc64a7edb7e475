import { Cancelled, type CancelReason } from "./errors.ts"

/** Throws `Cancelled` with the signal's own reason if the signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledBy(signal)
}

/** The `Cancelled` that an aborted signal stands for: its reason if that is one, else "client". */
export function cancelledBy(signal: AbortSignal): Cancelled {
  return signal.reason instanceof Cancelled
    ? signal.reason
    : new Cancelled("client", { cause: signal.reason })
}

/** Aborts with a `Cancelled` as the reason, so that every waiter learns why. */
export function cancel(controller: AbortController, reason: CancelReason): void {
  controller.abort(new Cancelled(reason))
}

/** Settles as `work` does, or rejects with `Cancelled` as soon as `signal` aborts; `work`'s late result is dropped. */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(cancelledBy(signal))
    if (signal.aborted) onAbort()
    else signal.addEventListener("abort", onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort))
  })
}
