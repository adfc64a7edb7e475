import { basename, dirname } from "node:path"
import type { SymbolIndex } from "../file-facts.ts"
import type { ConfigKind, ConfigKinds } from "./config-kinds.ts"
import type { FolderListing, OutsideFiles } from "./outside-files.ts"
import { isInstalled, isWithin } from "./path-parts.ts"
import { fileKey, folderKey, folderNameKey, nameKey } from "./probe-keys.ts"
import type { ProjectFiles } from "./project-files.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** What a disk is asked from. */
interface ProbedSources {
  readonly roots: readonly string[]
  readonly index: SymbolIndex
  readonly files: ProjectFiles
  readonly outside: OutsideFiles
}

/**
 * The disk as resolvers see it, which notes what they asked about: the answers hold until something with one of the keys
 * comes or goes, or a configuration file changes.
 */
export class ProbingDisk implements ResolverDisk {
  readonly roots: readonly string[]
  readonly #sources: ProbedSources
  /** `isPending`: made before all it hangs on was known, good until more is read. */
  readonly #memo = new Map<string, { readonly value: unknown; readonly isPending: boolean }>()
  #keys = new Set<number>()
  #isPending = false

  constructor(sources: ProbedSources) {
    this.roots = sources.roots
    this.#sources = sources
  }

  /** Starts noting anew. */
  begin(): void {
    this.#keys = new Set()
    this.#isPending = false
  }

  /** Keys of all that was asked about since `begin`. */
  get keys(): ReadonlySet<number> {
    return this.#keys
  }

  /** Whether some answer since `begin` was given before it was known. */
  get isPending(): boolean {
    return this.#isPending
  }

  /** Forgets what was made of configuration files. */
  forgetMemo(): void {
    this.#memo.clear()
  }

  /** Forgets what was made before all it hangs on was known: more was read. */
  forgetPending(): void {
    for (const [key, { isPending }] of this.#memo) if (isPending) this.#memo.delete(key)
  }

  readonly has = (path: string): boolean => {
    if (isInstalled(path)) return this.#listing(dirname(path))?.files.has(basename(path)) === true
    this.#keys.add(fileKey(path))
    return this.#sources.index.has(path)
  }

  readonly hasFolder = (path: string): boolean => {
    this.#keys.add(folderKey(path))
    return this.#sources.files.hasFolder(path)
  }

  named(name: string): readonly string[] {
    this.#keys.add(nameKey(name))
    return this.#sources.files.named(name)
  }

  foldersNamed(name: string): readonly string[] {
    this.#keys.add(folderNameKey(name))
    return this.#sources.files.foldersNamed(name)
  }

  config<K extends ConfigKind>(kind: K, path: string): ConfigKinds[K] | null {
    const { index, outside } = this.#sources
    // Only what a compiler's configuration extends is looked for beyond the project.
    const isNear = isInstalled(path) ? this.has(path) : index.has(path)
    if (!isNear && (kind !== "compiler" || this.#isInside(path))) return null
    return this.#known(outside.config(kind, path))
  }

  configs(kind: ConfigKind): readonly string[] {
    return this.#sources.files.configs(kind)
  }

  installed(folder: string): string | null {
    const parent = dirname(folder)
    // A folder of scoped packages is listed only where there is one.
    const isThere =
      basename(parent).startsWith("@") &&
      this.#listing(dirname(parent))?.folders.has(basename(parent)) !== true
        ? false
        : this.#listing(parent)?.folders.has(basename(folder)) === true
    return isThere ? (this.#listing(folder)?.real ?? null) : null
  }

  modulesAround(path: string, offset: number): readonly string[] {
    const around = this.#sources.index
      .inFile(path)
      .filter(({ kind, start, end }) => kind === "module" && start < offset && offset < end)
    return around.map(({ name }) => name)
  }

  memo<T>(key: string, make: () => T): T {
    const known = this.#memo.get(key)
    if (known !== undefined) {
      this.#isPending ||= known.isPending
      return known.value as T
    }
    const wasPending = this.#isPending
    this.#isPending = false
    const value = make()
    this.#memo.set(key, { value, isPending: this.#isPending })
    this.#isPending ||= wasPending
    return value
  }

  #isInside(path: string): boolean {
    return this.roots.some(root => isWithin(path, root))
  }

  #listing(folder: string): FolderListing | null {
    return this.#known(this.#sources.outside.folder(folder))
  }

  #known<T>(answer: T | null | undefined): T | null {
    if (answer === undefined) this.#isPending = true
    return answer ?? null
  }
}
