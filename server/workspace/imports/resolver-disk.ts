import type { ImportedName } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import type { ConfigKind, ConfigKinds } from "./config-kinds.ts"

/** What a resolver may ask. All paths are absolute; the answers are of one moment. */
export interface ResolverDisk {
  /** Folders of the project; one may lie in another. */
  readonly roots: readonly string[]
  /** Whether there is a file: one of the project, or one in `node_modules`. */
  readonly has: (path: string) => boolean
  /** Whether a folder of the project holds files, at any depth. */
  readonly hasFolder: (path: string) => boolean
  /** Files of the project with this name, in no order; only of languages whose imports are found by name. */
  named(name: string): readonly string[]
  /** Folders of the project with this name, in no order. */
  foldersNamed(name: string): readonly string[]
  /** What a configuration file says; null if it is missing or broken. */
  config<K extends ConfigKind>(kind: K, path: string): ConfigKinds[K] | null
  /** Paths of the project's configuration files of a kind, in order. */
  configs(kind: ConfigKind): readonly string[]
  /** The real path of a folder in `node_modules`, or null if there is none. */
  installed(folder: string): string | null
  /** Names of the modules declared around an offset in a file of the project, outermost first. */
  modulesAround(path: string, offset: number): readonly string[]
  /** What `make` gave for `key` since a configuration file last changed. */
  memo<T>(key: string, make: () => T): T
}

/** A file that an import brings in, or a folder of which it brings in every file: its path then ends with a slash. */
export interface ImportTarget {
  readonly path: string
  /** Index of the imported name that is this very file, or -1 where names are looked for in it. */
  readonly name: number
}

/** Where an import of the file `from` leads; nothing if it leads out of what is known. Pure but for `disk`. */
export type ImportResolver = (from: string, fact: ImportFact, disk: ResolverDisk) => readonly ImportTarget[]

/** A target in which the imported names are looked for; none for null. */
export function allNames(path: string | null): readonly ImportTarget[] {
  return path === null ? [] : [{ path, name: -1 }]
}

/** One file behind an import; an import that leads to several files is told once for each. */
export interface ResolvedImport {
  readonly fact: ImportFact
  /** Null if it could not be found. */
  readonly path: string | null
  /** The names that come from this file; `*` for the file as a whole. */
  readonly names: readonly ImportedName[]
}
