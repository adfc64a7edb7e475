/**
 * Files whose imports are to be resolved anew. While they are held back, only those count that were asked about meanwhile:
 * they are resolved again whenever they become due, the others once nothing holds them.
 */
export class DueFiles {
  readonly #due = new Set<string>()
  /** Files with an import that hangs on something not yet read. */
  readonly #waiting = new Set<string>()
  /** Files that were asked about while the others are held back. */
  readonly #asked = new Set<string>()
  #isHeld = false

  /** Whether only files that were asked about count. */
  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Whether files are left to resolve for now. */
  get isLeft(): boolean {
    if (!this.#isHeld) return this.#due.size > 0
    for (const path of this.#asked) if (this.#due.has(path)) return true
    return false
  }

  /** Holds back what is not asked about. */
  hold(): void {
    this.#isHeld = true
  }

  /** Ends holding. */
  release(): void {
    this.#isHeld = false
    this.#asked.clear()
  }

  add(path: string): void {
    this.#due.add(path)
  }

  /** Whether a file that is asked about now is due. */
  ask(path: string): boolean {
    if (!this.#due.has(path)) return false
    if (this.#isHeld) this.#asked.add(path)
    return true
  }

  /** Takes a file for resolved; `isPending`: with an import that hangs on something not yet read. */
  resolved(path: string, isPending: boolean): void {
    this.#due.delete(path)
    if (isPending) this.#waiting.add(path)
    else this.#waiting.delete(path)
  }

  /** Forgets a file that is gone. */
  drop(path: string): void {
    this.#due.delete(path)
    this.#waiting.delete(path)
    this.#asked.delete(path)
  }

  /** Makes the files due that hung on something not yet read: it was read. */
  wake(): void {
    for (const path of this.#waiting) this.#due.add(path)
    this.#waiting.clear()
  }

  /** Forgets what is due, after a failure. */
  clear(): void {
    this.#due.clear()
  }

  /** Files asked about while others are held back. */
  asked(): readonly string[] {
    return [...this.#asked]
  }

  /** The files to resolve for now; ends early when holding begins. Files become due while it goes on. */
  *next(): Iterable<string> {
    if (this.#isHeld) {
      for (const path of this.#asked) if (this.#due.has(path)) yield path
      return
    }
    for (const path of this.#due) {
      if (this.#isHeld) return
      yield path
    }
  }
}
