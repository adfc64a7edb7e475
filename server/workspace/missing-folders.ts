import { stat } from "node:fs/promises"

/** How often a missing folder is looked for, ms: rarely happens, and costs nothing to speak of. */
const LOOK_MS = 1000

/** Waits for folders that are not there: no watcher tells of them. */
export class MissingFolders {
  readonly #found: () => void
  #missing: readonly string[] = []
  #timer: NodeJS.Timeout | undefined
  #disposed = false

  /** `found` is called when one of the folders is there (again). */
  constructor(found: () => void) {
    this.#found = found
  }

  /** Waits for those of `folders` that are missing now, and for no others. */
  async lookFor(folders: readonly string[]): Promise<void> {
    this.#missing = await missingOf(folders)
    this.#lookLater()
  }

  /** Stops waiting. */
  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#timer)
  }

  #lookLater(): void {
    clearTimeout(this.#timer)
    if (this.#missing.length === 0 || this.#disposed) return
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS).unref()
  }

  async #look(): Promise<void> {
    const before = this.#missing
    const missing = await missingOf(before)
    if (before !== this.#missing) return
    this.#missing = missing
    this.#lookLater()
    if (missing.length < before.length) this.#found()
  }
}

async function missingOf(folders: readonly string[]): Promise<readonly string[]> {
  const isThere = (folder: string): Promise<boolean> =>
    stat(folder).then(
      stats => stats.isDirectory(),
      () => false,
    )
  const there = await Promise.all(folders.map(isThere))
  return folders.filter((_, index) => !there[index])
}
