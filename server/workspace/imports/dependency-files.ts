/** Files of installed packages that are read. */
const MAX_FILES = 1000
/** Steps from a file of the project to the last file that is read. */
const MAX_STEPS = 6

/** What the choice of files hangs on. */
interface DependencySources {
  /** Whether a file of the project imports this one. */
  readonly isWanted: (path: string) => boolean
  /** Other files of installed packages that one needs to say what it exports. */
  readonly neededBy: (path: string) => readonly string[]
}

/** How the files to read have changed. */
export interface DependencyChange {
  readonly wanted: readonly string[]
  readonly dropped: readonly string[]
}

/** Which files of installed packages are read: what the project imports, and what that passes on, within bounds. */
export class DependencyFiles {
  readonly #sources: DependencySources
  /** Files of installed packages that something ever led to. */
  readonly #seen = new Set<string>()
  #chosen: ReadonlySet<string> = new Set()

  constructor(sources: DependencySources) {
    this.#sources = sources
  }

  /** Notes a file that an import leads to. */
  see(path: string): void {
    this.#seen.add(path)
  }

  /** Whether the file is one of those that are read. */
  has(path: string): boolean {
    return this.#chosen.has(path)
  }

  /** The files that are read. */
  all(): readonly string[] {
    return [...this.#chosen]
  }

  /** Chooses anew; files that the project itself imports come first, then by steps from it, then by path. */
  choose(): DependencyChange {
    const { isWanted, neededBy } = this.#sources
    const chosen = new Set<string>()
    let next = [...this.#seen].filter(isWanted).sort()
    for (let step = 0; step < MAX_STEPS && next.length > 0; step++) {
      const taken = next.slice(0, MAX_FILES - chosen.size)
      for (const path of taken) chosen.add(path)
      next = [...new Set(taken.flatMap(neededBy))].filter(path => !chosen.has(path)).sort()
    }
    const before = this.#chosen
    this.#chosen = chosen
    return {
      wanted: [...chosen].filter(path => !before.has(path)),
      dropped: [...before].filter(path => !chosen.has(path)),
    }
  }
}
