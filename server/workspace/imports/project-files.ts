import { basename, dirname, join } from "node:path"
import { type ConfigKind, configKindOf } from "./config-kinds.ts"
import { isFoundByName } from "./resolvers.ts"

/** One folder that holds files, at any depth. */
interface Folder {
  readonly files: Set<string>
  readonly folders: Set<string>
}

/**
 * The files of a project by folder, and by name where imports are resolved by name.
 * Invariant: a folder is known exactly while a file lies in it, at any depth.
 */
export class ProjectFiles {
  readonly #folders = new Map<string, Folder>()
  readonly #byName = new Map<string, Set<string>>()
  readonly #foldersByName = new Map<string, Set<string>>()
  readonly #configs = new Map<ConfigKind, Set<string>>()

  has(path: string): boolean {
    return this.#folders.get(dirname(path))?.files.has(basename(path)) === true
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path)
  }

  /** Adds a file; gives the folders that were not known before. None if the file was known. */
  add(path: string): readonly string[] {
    const made: string[] = []
    const folder = this.#folder(dirname(path), made)
    folder.files.add(basename(path))
    if (isFoundByName(path)) put(this.#byName, basename(path), path)
    const kind = configKindOf(basename(path))
    if (kind !== null) put(this.#configs, kind, path)
    return made
  }

  /** Removes a file; gives the folders of which nothing is left. */
  remove(path: string): readonly string[] {
    this.#folders.get(dirname(path))?.files.delete(basename(path))
    drop(this.#byName, basename(path), path)
    const kind = configKindOf(basename(path))
    if (kind !== null) drop(this.#configs, kind, path)
    const gone: string[] = []
    for (let at = dirname(path); this.#isEmpty(at); at = dirname(at)) {
      this.#folders.delete(at)
      drop(this.#foldersByName, basename(at), at)
      this.#folders.get(dirname(at))?.folders.delete(basename(at))
      gone.push(at)
    }
    return gone
  }

  /** Paths of the files directly in a folder, in order. */
  filesIn(folder: string): readonly string[] {
    const files = this.#folders.get(folder)?.files ?? []
    return [...files].sort().map(name => join(folder, name))
  }

  /** Files with this name, of languages that look for imports by name. */
  named(name: string): readonly string[] {
    return [...(this.#byName.get(name) ?? [])]
  }

  foldersNamed(name: string): readonly string[] {
    return [...(this.#foldersByName.get(name) ?? [])]
  }

  /** Paths of the configuration files of a kind, in order. */
  configs(kind: ConfigKind): readonly string[] {
    return [...(this.#configs.get(kind) ?? [])].sort()
  }

  #isEmpty(folder: string): boolean {
    const known = this.#folders.get(folder)
    return known !== undefined && known.files.size === 0 && known.folders.size === 0
  }

  #folder(path: string, made: string[]): Folder {
    const known = this.#folders.get(path)
    if (known !== undefined) return known
    const folder = { files: new Set<string>(), folders: new Set<string>() }
    this.#folders.set(path, folder)
    put(this.#foldersByName, basename(path), path)
    made.push(path)
    const parent = dirname(path)
    if (parent !== path) this.#folder(parent, made).folders.add(basename(path))
    return folder
  }
}

function put<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const known = sets.get(key)
  if (known === undefined) sets.set(key, new Set([value]))
  else known.add(value)
}

function drop<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const known = sets.get(key)
  if (known?.delete(value) && known.size === 0) sets.delete(key)
}
