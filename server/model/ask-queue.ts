import type { PendingAsk } from "./pending-ask.ts"

/**
 * Asks that wait for a lane: `live` before `deep`, higher priority before lower, older before younger.
 * Invariant: holds no settled ask.
 */
export class AskQueue {
  #live: PendingAsk[] = []
  #deep: PendingAsk[] = []

  get size(): number {
    return this.#live.length + this.#deep.length
  }

  /** Adds an ask behind its equals. */
  add(ask: PendingAsk): void {
    const queue = this.#queueOf(ask)
    const at = queue.findIndex(other => other.request.priority < ask.request.priority)
    queue.splice(at === -1 ? queue.length : at, 0, ask)
  }

  /** Puts back an ask that already had its turn: before its equals. */
  putBack(ask: PendingAsk): void {
    const queue = this.#queueOf(ask)
    const at = queue.findIndex(other => other.request.priority <= ask.request.priority)
    queue.splice(at === -1 ? queue.length : at, 0, ask)
  }

  /** Removes an ask; nothing happens if it is not here. */
  remove(ask: PendingAsk): void {
    const queue = this.#queueOf(ask)
    const at = queue.indexOf(ask)
    if (at !== -1) queue.splice(at, 1)
  }

  /** The ask whose turn it is, still in the queue; deep ones only when `deepToo`. Null if there is none. */
  next(deepToo: boolean): PendingAsk | null {
    return this.#live[0] ?? (deepToo ? (this.#deep[0] ?? null) : null)
  }

  /** Empties the queue and gives back what was in it, in order. */
  drain(): PendingAsk[] {
    const all = [...this.#live, ...this.#deep]
    this.#live = []
    this.#deep = []
    return all
  }

  #queueOf(ask: PendingAsk): PendingAsk[] {
    return ask.request.role === "live" ? this.#live : this.#deep
  }
}
