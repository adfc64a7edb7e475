import { basename, dirname } from "node:path"
import { cancel } from "../base/cancel.ts"
import { Cancelled } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import { TimeSlice } from "../base/time-slice.ts"
import type { FactStore } from "./fact-store.ts"
import { IGNORE_FILES } from "./ignore-rules.ts"
import type { IndexBuilder } from "./index-builder.ts"
import { MissingFolders } from "./missing-folders.ts"
import { ProjectTree } from "./project-tree.ts"
import { staleFiles } from "./stale-files.ts"
import { type FolderWatch, loadWatchLibrary, watchFolders } from "./watch.ts"

/** Where files are looked for, and who has them read. */
interface FileFinderOptions {
  readonly roots: readonly string[]
  readonly store: Pick<FactStore, "has" | "paths" | "contentOf">
  readonly builder: Pick<IndexBuilder, "add" | "addFew" | "remove" | "waiting" | "reading">
  readonly watch: boolean
  readonly log: Log
  /** Told of all paths that changed, files of the project or not. */
  readonly onChanged: (paths: readonly string[]) => void
}

/** The longest stretch of going through files on the main thread, ms. */
const STRETCH_MS = 4
/** Paths looked at between two looks at the clock. */
const PATHS_PER_LOOK = 256

/**
 * Finds the files of a project, and what became of them when something changed.
 * Invariant: walks and changes are handled one after the other, so each sees what those before it queued.
 */
export class FileFinder {
  readonly #options: FileFinderOptions
  readonly #stop = new AbortController()
  #tree: ProjectTree | null = null
  #watch: FolderWatch | null = null
  /** Folders that were ignored when the watch began. */
  #unwatched: readonly string[] = []
  #watching: Promise<void> = Promise.resolve()
  #handled: Promise<void> = Promise.resolve()
  #changed = new Set<string>()
  /** Roots that are gone: a watch ends with its folder. */
  readonly #lost = new MissingFolders(() => void this.#watchAllBut(this.#unwatched))

  constructor(options: FileFinderOptions) {
    this.#options = options
  }

  /** Settles when all walks and changes so far are handled; another promise once there are more. Never rejects. */
  get handled(): Promise<void> {
    return this.#handled
  }

  /**
   * Finds all files, and has those that are known already read again if they changed; resolves when that is done and changes
   * are watched for. Called once.
   */
  async start(signal: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([signal, this.#stop.signal])
    const ignored: string[] = []
    const known = [...this.#options.store.paths()]
    await this.#handle(() => this.#scan(stop, folder => ignored.push(folder)))
    await this.#handle(() => this.#refresh(known))
    if (!this.#options.watch) return
    await this.#watchAllBut(ignored)
    await this.#lost.lookFor(this.#tree?.roots ?? [])
  }

  /** Has these files and folders looked at again: they were made, changed, renamed or deleted. */
  changed(paths: readonly string[]): void {
    this.#options.onChanged(paths)
    const waiting = this.#changed.size > 0
    for (const path of paths) this.#changed.add(path)
    if (!waiting && this.#changed.size > 0) void this.#handle(() => this.#absorb())
  }

  /** Looks through a path that turned out to be a folder. */
  foundFolder(folder: string): void {
    void this.#handle(async () => {
      const files = (paths: readonly string[]): void => this.#options.builder.addFew(paths, true)
      await this.#tree?.walkFolder(folder, { files }, this.#stop.signal)
    })
  }

  /** Stops looking; resolves when nothing is watched any more. */
  async dispose(): Promise<void> {
    cancel(this.#stop, "shutdown")
    this.#lost.dispose()
    await this.#watch?.close()
  }

  /** Watches the roots, in place of any watch before; one call after the other. */
  #watchAllBut(ignored: readonly string[]): Promise<void> {
    this.#unwatched = ignored
    this.#watching = this.#watching.then(() => this.#startWatching(ignored))
    return this.#watching
  }

  async #startWatching(ignored: readonly string[]): Promise<void> {
    const { log, builder } = this.#options
    // Before the new one: the library takes a second watch of a folder for the first, which may have ended with the folder.
    await this.#watch?.close()
    this.#watch = null
    const onChange = (paths: readonly string[]): void => this.changed(paths)
    const onMissed = (): void => void this.#handle(() => this.#lookAgain([]))
    const folders = this.#tree?.roots ?? []
    this.#watch = await watchFolders({ folders, ignored, onChange, onMissed, log }, loadWatchLibrary)
    if (this.#watch === null) return
    if (this.#stop.signal.aborted) return this.#watch.close()
    // Nobody told of what happened before the watch stood.
    const reading = builder.reading()
    await this.#handle(() => this.#lookAgain(reading))
  }

  /** Has files that were `reading`, or changed since they were read, read again, and looks for new ones and lost ones. */
  async #lookAgain(reading: readonly string[]): Promise<void> {
    await this.#options.builder.add(reading, false)
    await this.#refresh([...this.#options.store.paths()])
    await this.#scan(this.#stop.signal)
  }

  /** Has those of `known` read again that changed since they were read, by their size and time. */
  async #refresh(known: readonly string[]): Promise<void> {
    const { store, builder } = this.#options
    await builder.add(await staleFiles(known, path => store.contentOf(path), this.#stop.signal), false)
  }

  /** Has files read that are new to the index, and those looked at that were not found any more. */
  async #scan(signal: AbortSignal, ignoredFolder: (path: string) => void = () => {}): Promise<void> {
    const { roots, log, store, builder } = this.#options
    this.#tree ??= await ProjectTree.open(roots, log)
    const lost = new Set([...store.paths(), ...builder.waiting()])
    const files = (paths: readonly string[]): void => {
      for (const path of paths) lost.delete(path)
      builder.addFew(
        paths.filter(path => !store.has(path)),
        false,
      )
    }
    await this.#tree.walk({ files, ignoredFolder }, signal)
    await builder.remove([...lost])
  }

  /** Has what `changed` was told of read, or dropped. */
  async #absorb(): Promise<void> {
    const changed = this.#changed
    this.#changed = new Set()
    if (await this.#holdsRules(changed)) await this.#scanByNewRules()
    if (this.#tree === null) return
    if (this.#options.watch) await this.#lost.lookFor(this.#tree.roots)
    const { store, builder } = this.#options
    const admitted = await this.#tree.admitted([...changed])
    const kept = new Set(admitted)
    const dropped: string[] = []
    await eachInSlices(changed, path => {
      if (!kept.has(path) && store.has(path)) dropped.push(path)
    })
    await builder.remove(dropped)
    await builder.add([...admitted, ...(await this.#filesBelow(changed))], true)
  }

  async #scanByNewRules(): Promise<void> {
    const ignored = new Set<string>()
    await this.#scan(this.#stop.signal, folder => ignored.add(folder))
    // Not waited for: its end hands in work that comes after this.
    if (this.#unwatched.some(folder => !ignored.has(folder))) void this.#watchAllBut([...ignored])
  }

  async #holdsRules(paths: Iterable<string>): Promise<boolean> {
    let found = false
    await eachInSlices(paths, path => {
      found ||= IGNORE_FILES.includes(basename(path))
    })
    return found
  }

  /** Files of the index below any of `folders` that are no files of the index themselves: they may be gone. */
  async #filesBelow(folders: ReadonlySet<string>): Promise<readonly string[]> {
    const { store } = this.#options
    const unknown = new Set<string>()
    await eachInSlices(folders, path => {
      if (!store.has(path)) unknown.add(path)
    })
    if (unknown.size === 0) return []
    const below: string[] = []
    await eachInSlices(store.paths(), path => {
      let folder = dirname(path)
      while (!unknown.has(folder) && dirname(folder) !== folder) folder = dirname(folder)
      if (unknown.has(folder)) below.push(path)
    })
    return below
  }

  /** Runs `work` after everything handed in before. A failure is logged here and does not stop what follows. */
  #handle(work: () => Promise<void>): Promise<void> {
    this.#handled = this.#handled.then(work).catch(error => {
      if (!(error instanceof Cancelled))
        this.#options.log.bug("the project could not be looked through", error)
    })
    return this.#handled
  }
}

/** Calls `visit` with each path, without keeping the main thread for long. */
async function eachInSlices(paths: Iterable<string>, visit: (path: string) => void): Promise<void> {
  const slice = new TimeSlice(STRETCH_MS)
  let looked = 0
  for (const path of paths) {
    if (++looked % PATHS_PER_LOOK === 0 && slice.due()) await slice.pause()
    visit(path)
  }
}
