import { dirname } from "node:path"

/** How soon a file is read: after a change; near an open document; else. */
const PRIORITIES = ["changed", "near", "rest"] as const

/** One of `PRIORITIES`. */
type Priority = (typeof PRIORITIES)[number]

/**
 * Files that wait to be read, each once, the soonest first.
 * Invariant: a path that is being read is not handed out again before it is settled, so results can't overtake each other.
 */
export class ParseQueue {
  readonly #waiting: Record<Priority, Set<string>> = { changed: new Set(), near: new Set(), rest: new Set() }
  readonly #reading = new Set<string>()
  readonly #nearFolders = new Set<string>()
  #idleWaiters: (() => void)[] = []

  /** How many paths wait or are being read. */
  get size(): number {
    const { changed, near, rest } = this.#waiting
    return changed.size + near.size + rest.size + this.#reading.size
  }

  /** Whether a path waits or is being read. */
  has(path: string): boolean {
    return this.#reading.has(path) || PRIORITIES.some(priority => this.#waiting[priority].has(path))
  }

  /** Adds paths; one that waits already moves up if `changed`, else stays. */
  add(paths: readonly string[], changed: boolean): void {
    const { changed: soonest, near, rest } = this.#waiting
    for (const path of paths) {
      if (soonest.has(path) || (!changed && near.has(path))) continue
      if (changed) {
        near.delete(path)
        rest.delete(path)
        soonest.add(path)
      } else if (this.#nearFolders.has(dirname(path))) near.add(path)
      else rest.add(path)
    }
  }

  /** Has the files of `folder`, now and later, read before those of others. */
  prefer(folder: string): void {
    if (this.#nearFolders.has(folder)) return
    this.#nearFolders.add(folder)
    const { near, rest } = this.#waiting
    for (const path of rest) {
      if (!path.startsWith(folder) || dirname(path) !== folder) continue
      rest.delete(path)
      near.add(path)
    }
  }

  /** Hands out at most `most` paths; each must be settled later. */
  take(most: number): readonly string[] {
    const taken: string[] = []
    for (const priority of PRIORITIES) {
      const waiting = this.#waiting[priority]
      for (const path of waiting) {
        if (taken.length === most) return taken
        if (this.#reading.has(path)) continue
        waiting.delete(path)
        this.#reading.add(path)
        taken.push(path)
      }
    }
    return taken
  }

  /** Everything that waits or is being read. */
  paths(): readonly string[] {
    return [...PRIORITIES.flatMap(priority => [...this.#waiting[priority]]), ...this.#reading]
  }

  /** Takes paths back that wait; gives those that are being read, which must still be settled. */
  withdraw(paths: Iterable<string>): readonly string[] {
    const reading: string[] = []
    for (const path of paths) {
      for (const priority of PRIORITIES) this.#waiting[priority].delete(path)
      if (this.#reading.has(path)) reading.push(path)
    }
    this.#wakeIfIdle()
    return reading
  }

  /** What is being read. */
  reading(): readonly string[] {
    return [...this.#reading]
  }

  /** Ends the reading of a path, whatever came of it. */
  settle(path: string): void {
    this.#reading.delete(path)
    this.#wakeIfIdle()
  }

  /** Forgets everything, also what is being read. */
  clear(): void {
    this.#reading.clear()
    for (const priority of PRIORITIES) this.#waiting[priority].clear()
    this.#wakeIfIdle()
  }

  /** Resolves once nothing waits and nothing is being read. */
  idle(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise(resolve => this.#idleWaiters.push(resolve))
  }

  #wakeIfIdle(): void {
    if (this.size > 0) return
    const waiters = this.#idleWaiters
    this.#idleWaiters = []
    for (const wake of waiters) wake()
  }
}
