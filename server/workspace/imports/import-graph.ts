import { basename, dirname } from "node:path"
import type { Interner } from "../../base/interner.ts"
import { TimeSlice, yieldToLoop } from "../../base/time-slice.ts"
import { ALL } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import type { SymbolHit, SymbolIndex } from "../file-facts.ts"
import { configKindOf } from "./config-kinds.ts"
import { type DependencyChange, DependencyFiles } from "./dependency-files.ts"
import { DueFiles } from "./due-files.ts"
import {
  DEFAULT,
  type ExportedName,
  exportedFrom,
  importedSymbol,
  type SymbolSources,
} from "./exported-symbol.ts"
import { type ImportLink, ImportLinks } from "./import-links.ts"
import { importedNames, namedTargets } from "./import-targets.ts"
import { KnownAnswers } from "./known-answers.ts"
import { OutsideFiles, type OutsideReader } from "./outside-files.ts"
import { isInstalled, slashed } from "./path-parts.ts"
import { PathTable } from "./path-table.ts"
import { fileKey, folderKey, folderNameKey, nameKey } from "./probe-keys.ts"
import { ProbingDisk } from "./probing-disk.ts"
import { ProjectFiles } from "./project-files.ts"
import type { ResolvedImport } from "./resolver-disk.ts"
import { isOfSameFamily, resolverFor } from "./resolvers.ts"

/** What imports are resolved by. */
interface ImportGraphOptions {
  /** Absolute paths. */
  readonly roots: readonly string[]
  /** The files of the project. */
  readonly index: SymbolIndex
  /** That of both indexes. */
  readonly interner: Interner
  /** What was read of installed packages. */
  readonly installed: SymbolIndex
  readonly reader: OutsideReader
  /** Told when other files of installed packages are to be read, or need not be known any more. */
  readonly onDependencies: (change: DependencyChange) => void
  /** Told of each file whose imports were resolved anew. */
  readonly onResolved: (path: string) => void
  /** Told of what should never fail. */
  readonly onFailure: (error: unknown) => void
}

/** The longest stretch of resolving on the main thread, ms. */
const STRETCH_MS = 3
/** Imports of one file that are resolved; more are in generated files only. */
const MAX_IMPORTS = 2000
/** Files of a folder that one import brings in. */
const MAX_IN_FOLDER = 200
const LOCK_FILES: ReadonlySet<string> = new Set(
  "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb .package-lock.json".split(
    " ",
  ),
)

/**
 * Which file imports which, for the files of a project and those of installed packages they lead to. Told of changes, it
 * resolves anew in the background what they touch; until then it answers with what was.
 * Invariant: answers are of the links as they stand; only `load` of `OutsideFiles` reads the disk, never a question.
 */
export class ImportGraph implements SymbolSources {
  readonly #options: ImportGraphOptions
  readonly #paths = new PathTable()
  readonly #files = new ProjectFiles()
  readonly #links = new ImportLinks()
  readonly #known = new KnownAnswers()
  readonly #outside: OutsideFiles
  readonly #disk: ProbingDisk
  readonly #dependencies: DependencyFiles
  readonly #due = new DueFiles()
  /** Configuration files that may say something else now. */
  readonly #changedConfigs = new Set<string>()
  #allStale = false
  /** Whether files that are held back are to be resolved anew, all of them. */
  #heldStale = false
  /** Files with an import that leads to an installed package. */
  readonly #leadingOut = new Set<string>()
  #touchedInstalled = false
  #running: Promise<void> | null = null
  /** Resolves when nothing holds back what is not asked about; null if nothing does. */
  #held: Promise<void> | null = null

  constructor(options: ImportGraphOptions) {
    this.#options = options
    this.#outside = new OutsideFiles(options.reader)
    this.#disk = new ProbingDisk({
      roots: options.roots,
      index: options.index,
      files: this.#files,
      outside: this.#outside,
    })
    this.#dependencies = new DependencyFiles({
      isWanted: path => this.#importerIds(path).some(id => !isInstalled(this.#paths.pathOf(id))),
      neededBy: path => this.#neededBy(path),
    })
  }

  /** Tells that facts of a file are new or other than before. */
  changed(path: string): void {
    this.#known.forget()
    if (!isInstalled(path) && !this.#files.has(path)) this.#admit(path)
    else if (configKindOf(basename(path)) !== null) this.#changedConfigs.add(path)
    this.#mark(path)
    this.#schedule()
  }

  /** Tells that a file is gone from the index. */
  removed(path: string): void {
    this.#known.forget()
    this.#due.drop(path)
    const id = this.#paths.find(path)
    if (id !== -1) this.#links.clear(id)
    const didLead = this.#leadingOut.delete(path)
    this.#touchedInstalled ||= didLead || isInstalled(path)
    if (this.#files.has(path)) {
      const gone = this.#files.remove(path)
      this.#wake(path, gone)
      if (configKindOf(basename(path)) !== null) {
        this.#outside.forget(path)
        this.#allStale = true
      }
    }
    this.#schedule()
  }

  /** Tells of files that changed on disk, whatever they are: a lock file means that other packages may be installed. */
  configChanged(paths: readonly string[]): void {
    for (const path of paths)
      if (this.#files.has(path) && configKindOf(basename(path)) !== null) this.#changedConfigs.add(path)
    if (paths.some(path => LOCK_FILES.has(basename(path)))) {
      this.#outside.forgetFolders(isInstalled)
      this.#allStale = true
      const wanted = this.#dependencies.all()
      if (wanted.length > 0) this.#options.onDependencies({ wanted, dropped: [] })
    }
    if (this.#allStale || this.#changedConfigs.size > 0) this.#schedule()
  }

  /**
   * Resolves only what is asked about until `moment`, which never rejects, and until the moments told before: what is
   * asked then need not wait for the rest. Importers are known only as far as that.
   */
  holdUntil(moment: Promise<void>): void {
    this.#due.hold()
    const held = Promise.all([this.#held, moment]).then(() => {
      if (this.#held === held) this.#release()
    })
    this.#held = held
  }

  /** Resolves when everything told so far is resolved. Never rejects. */
  async ready(): Promise<void> {
    for (let busy = this.#busy(); busy !== null; busy = this.#busy()) await busy
  }

  /** Whether a file of an installed package is one that should be read. */
  wants(path: string): boolean {
    return this.#dependencies.has(path)
  }

  /** Where the imports of a file lead, in the order of its facts; an import that leads to several files is told for each,
   * what a file passes on of itself for none. */
  targetsOf(path: string): readonly ResolvedImport[] {
    this.#bringUpToDate(path)
    return this.#known.targets(path, () => {
      const id = this.#paths.find(path)
      return this.#resolved(path, this.#importsOf(path), id === -1 ? [] : this.#links.of(id))
    })
  }

  /** As `targetsOf`, for imports that a file would have, such as those of an open document. Nothing is kept. */
  resolve(path: string, imports: readonly ImportFact[]): readonly ResolvedImport[] {
    this.#disk.begin()
    const links = this.#linksOf(path, imports)
    if (this.#outside.isBehind) this.#schedule()
    return this.#resolved(path, imports, links)
  }

  /** Files with an import that leads to a file, in order, the file itself left out. */
  importersOf(path: string): readonly string[] {
    const importers = this.#importerIds(path).map(id => this.#paths.pathOf(id))
    return importers.filter(importer => importer !== path).sort()
  }

  /** The declaration that other files get from `path` under `name`, through whatever passes it on; null if none is found. */
  exportedFrom(path: string, name: string): SymbolHit | null {
    return this.#known.exported(path, name, () => exportedFrom(path, name, this))
  }

  /** The declaration that `name` stands for in `path` because it is imported there; null if none is found. */
  importedSymbol(path: string, name: string): SymbolHit | null {
    return importedSymbol(path, name, this)
  }

  /** Where a file has a name from: imports under that name first, then those of everything. None for whole modules. */
  originsOf(path: string, name: string): readonly ExportedName[] {
    this.#bringUpToDate(path)
    const { interner } = this.#options
    const file = this.#paths.find(path)
    const named = file === -1 ? [] : this.#links.named(file, interner.find(name))
    const starred = file === -1 || name === DEFAULT ? [] : this.#links.named(file, interner.find(ALL))
    const own = named.map(each => ({ target: each.target, name: interner.text(each.name) }))
    const all = [...own.filter(each => each.name !== ALL), ...starred.map(({ target }) => ({ target, name }))]
    return all.flatMap(each =>
      this.#filesOf(each.target, path).map(from => ({ path: from, name: each.name, as: name })),
    )
  }

  /** The index that knows a file: the project's, or that of installed packages. */
  indexOf(path: string): SymbolIndex {
    const { index, installed } = this.#options
    return isInstalled(path) && installed.has(path) ? installed : index
  }

  #resolved(
    path: string,
    imports: readonly ImportFact[],
    links: readonly ImportLink[],
  ): readonly ResolvedImport[] {
    return namedTargets(imports, links).flatMap(({ fact, target, names }) => {
      const files = target === -1 ? [null] : this.#filesOf(target, path)
      const others = fact.reexport ? files.filter(file => file !== path) : files
      return others.map(file => ({ fact, path: file, names }))
    })
  }

  #importsOf(path: string): readonly ImportFact[] {
    return this.indexOf(path).importsOf(path)
  }

  /** Ids of the files that import a file, by itself or with its folder. */
  #importerIds(path: string): readonly number[] {
    const id = this.#paths.find(path)
    const own = id === -1 ? [] : [...this.#links.importersOf(id)]
    const folder = this.#paths.find(slashed(dirname(path)))
    if (folder === -1) return own
    const withFolder = [...this.#links.importersOf(folder)].filter(each =>
      isOfSameFamily(this.#paths.pathOf(each), path),
    )
    return [...new Set([...own, ...withFolder])]
  }

  /** The files that a target stands for, seen from an importer. */
  #filesOf(target: number, importer: string): readonly string[] {
    const path = this.#paths.pathOf(target)
    if (path !== slashed(path)) return [path]
    const files = this.#files.filesIn(path.slice(0, -1))
    return files.filter(file => file !== importer && isOfSameFamily(importer, file)).slice(0, MAX_IN_FOLDER)
  }

  #admit(path: string): void {
    const made = this.#files.add(path)
    this.#wake(path, made)
    if (configKindOf(basename(path)) === null) return
    this.#outside.forget(path)
    this.#allStale = true
  }

  /** Has imports resolved anew that a file and folders, come or gone, may mean. */
  #wake(path: string, folders: readonly string[]): void {
    const keys = [fileKey(path), nameKey(path)]
    for (const folder of folders) keys.push(folderKey(folder), folderNameKey(folder))
    for (const key of keys) {
      for (const file of this.#links.asking(key)) this.#due.add(this.#paths.pathOf(file))
    }
  }

  #bringUpToDate(path: string): void {
    if (!this.#due.ask(path)) return
    this.#resolve(path)
    if (this.#outside.isBehind) this.#schedule()
  }

  #release(): void {
    this.#held = null
    this.#due.release()
    this.#allStale ||= this.#heldStale
    this.#heldStale = false
    this.#schedule()
  }

  #busy(): Promise<void> | null {
    return this.#held ?? this.#running
  }

  #schedule(): void {
    if (!this.#isBehind() && !this.#touchedInstalled) return
    this.#running ??= this.#run().then(
      () => this.#rest(),
      error => {
        this.#due.clear()
        this.#options.onFailure(error)
        this.#rest()
      },
    )
  }

  #rest(): void {
    this.#running = null
    if (this.#isBehind()) this.#schedule()
  }

  #isBehind(): boolean {
    return this.#due.isLeft || this.#changedConfigs.size > 0 || this.#allStale || this.#outside.isBehind
  }

  async #run(): Promise<void> {
    await yieldToLoop()
    const slice = new TimeSlice(STRETCH_MS)
    do {
      await this.#refreshConfigs()
      await this.#markStale(slice)
      for (const path of this.#due.next()) {
        if (slice.due()) await slice.pause()
        this.#resolve(path)
      }
      if (!this.#outside.isBehind) continue
      await this.#outside.load()
      this.#disk.forgetPending()
      this.#due.wake()
    } while (this.#isBehind())
    this.#chooseDependencies()
  }

  async #refreshConfigs(): Promise<void> {
    const paths = [...this.#changedConfigs]
    this.#changedConfigs.clear()
    for (const path of paths) if (await this.#outside.refresh(path)) this.#allStale = true
  }

  /** After a change of configuration every file is resolved anew. */
  async #markStale(slice: TimeSlice): Promise<void> {
    if (!this.#allStale) return
    this.#allStale = false
    this.#disk.forgetMemo()
    if (this.#due.isHeld) {
      this.#heldStale = true
      for (const path of this.#due.asked()) this.#mark(path)
      return
    }
    const { index, installed } = this.#options
    for (const each of [index, installed]) {
      for (const path of [...each.paths()]) {
        if (slice.due()) await slice.pause()
        this.#mark(path)
      }
    }
  }

  #mark(path: string): void {
    if (resolverFor(path) !== null && !this.indexOf(path).isRough(path)) this.#due.add(path)
  }

  #resolve(path: string): void {
    this.#known.forget()
    this.#disk.begin()
    const imports = this.#importsOf(path)
    const links = this.#linksOf(path, imports)
    const names = importedNames(imports, links, this.#options.interner)
    this.#links.set(this.#paths.idOf(path), links, names, this.#disk.keys)
    const didLead = this.#leadingOut.delete(path)
    const leads = links.some(({ target }) => isInstalled(this.#paths.pathOf(target)))
    if (leads) this.#leadingOut.add(path)
    this.#touchedInstalled ||= didLead || leads
    this.#due.resolved(path, this.#disk.isPending)
    this.#options.onResolved(path)
  }

  #linksOf(path: string, imports: readonly ImportFact[]): readonly ImportLink[] {
    const resolve = resolverFor(path)
    if (resolve === null) return []
    return imports.slice(0, MAX_IMPORTS).flatMap((fact, at) =>
      resolve(path, fact, this.#disk).map(target => {
        if (isInstalled(target.path)) this.#dependencies.see(target.path)
        return { fact: at, target: this.#paths.idOf(target.path), name: target.name }
      }),
    )
  }

  #chooseDependencies(): void {
    if (!this.#touchedInstalled) return
    this.#touchedInstalled = false
    const change = this.#dependencies.choose()
    if (change.wanted.length + change.dropped.length > 0) this.#options.onDependencies(change)
  }

  /** Of a file of a package: the files beside it that it imports, and those anywhere that it passes on. */
  #neededBy(path: string): readonly string[] {
    return this.targetsOf(path).flatMap(({ fact, path: target }) => {
      const isNear = fact.reexport || fact.source.startsWith(".")
      return target !== null && isNear && isInstalled(target) ? [target] : []
    })
  }
}
