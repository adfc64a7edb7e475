import type { SymbolIndex } from "../file-facts.ts"
import type { FactsListener } from "../index-builder.ts"
import { ImportGraph } from "./import-graph.ts"
import { InstalledFiles, type InstalledFilesOptions } from "./installed-files.ts"
import { DISK_READER } from "./outside-files.ts"
import { isInstalled } from "./path-parts.ts"

/** What the imports of a project are made of. */
interface ProjectImportsOptions extends Pick<InstalledFilesOptions, "interner" | "reading"> {
  /** Absolute paths. */
  readonly roots: readonly string[]
  readonly index: SymbolIndex
  /** Resolves when all files of the project are parsed: they come before those of installed packages. */
  readonly parsed: () => Promise<void>
  /** Has files read before most, because open files import them. */
  readonly prefer: (paths: readonly string[]) => void
}

/** The imports of a project as its index grows, and the files of installed packages that are read for them. */
export class ProjectImports implements FactsListener {
  readonly graph: ImportGraph
  readonly #options: ProjectImportsOptions
  readonly #installed: InstalledFiles
  readonly #open = new Set<string>()
  #isHeld = false

  constructor(options: ProjectImportsOptions) {
    const { roots, index, interner, reading, parsed } = options
    this.#options = options
    this.#installed = new InstalledFiles({
      interner,
      reading,
      onChanged: path => this.graph.changed(path),
      onRemoved: path => this.graph.removed(path),
    })
    this.graph = new ImportGraph({
      roots,
      index,
      interner,
      installed: this.#installed.index,
      reader: DISK_READER,
      onDependencies: ({ wanted, dropped }) => {
        this.#installed.drop(dropped)
        void parsed().then(() => this.#installed.read(wanted.filter(path => this.graph.wants(path))))
      },
      onResolved: path => {
        if (this.#open.has(path)) this.#preferImportsOf(path)
      },
      onFailure: error => reading.log.bug("imports could not be resolved", error),
    })
  }

  changed(path: string): void {
    this.#hold()
    this.graph.changed(path)
    // Asked about, it is resolved.
    if (this.#open.has(path)) this.graph.targetsOf(path)
  }

  removed(path: string): void {
    this.#hold()
    this.graph.removed(path)
  }

  /** Has what a file imports read before most: it was opened. */
  prefer(path: string): void {
    this.#open.add(path)
    this.#preferImportsOf(path)
  }

  /** Tells of files that changed on disk, whatever they are. */
  filesChanged(paths: readonly string[]): void {
    this.graph.configChanged(paths)
  }

  /** Resolves when all imports of the index are resolved, and all is read of installed packages that they need. */
  async settled(): Promise<void> {
    await this.#options.parsed()
    for (let before = -1; before !== this.#installed.index.fileCount; ) {
      before = this.#installed.index.fileCount
      await this.graph.ready()
      await this.#installed.idle()
      await this.graph.ready()
    }
  }

  /** Stops reading; resolves when no process is left. */
  dispose(): Promise<void> {
    return this.#installed.dispose()
  }

  /** While files are parsed, the processor is theirs and most imports lead to what is not known yet: only open files are resolved. */
  #hold(): void {
    if (this.#isHeld) return
    this.#isHeld = true
    const parsed = this.#options.parsed().then(() => {
      this.#isHeld = false
    })
    this.graph.holdUntil(parsed)
  }

  #preferImportsOf(path: string): void {
    const paths = this.graph.targetsOf(path).flatMap(each => each.path ?? [])
    this.#options.prefer(paths.filter(each => !isInstalled(each)))
  }
}
