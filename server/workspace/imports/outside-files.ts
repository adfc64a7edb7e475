import { readdir, readFile, realpath } from "node:fs/promises"
import { basename } from "node:path"
import { type ConfigKind, type ConfigKinds, configKindOf } from "./config-kinds.ts"
import { readConfig } from "./read-config.ts"

/** What a folder holds, as far as imports can mean it. */
export interface FolderListing {
  /** The folder without links on the way to it. */
  readonly real: string
  /** Names of declarations, sources and JSON files. */
  readonly files: ReadonlySet<string>
  /** Names of folders, and of links that may be some. */
  readonly folders: ReadonlySet<string>
}

/** How folders and texts are read; null for what is missing or can't be read. Never rejects. */
export interface OutsideReader {
  readonly folder: (path: string) => Promise<FolderListing | null>
  readonly text: (path: string) => Promise<string | null>
}

const WANTED_FILE = /\.(?:[cm]?tsx?|json)$/

/** Reads from the disk. */
export const DISK_READER: OutsideReader = {
  folder: async path => {
    try {
      const real = await realpath(path)
      const entries = await readdir(real, { withFileTypes: true })
      const files = entries.filter(entry => !entry.isDirectory() && WANTED_FILE.test(entry.name))
      const folders = entries.filter(entry => entry.isDirectory() || entry.isSymbolicLink())
      return {
        real,
        files: new Set(files.map(entry => entry.name)),
        folders: new Set(folders.map(entry => entry.name)),
      }
    } catch {
      return null
    }
  },
  text: path => readFile(path, "utf8").catch(() => null),
}

/** Things read at a time. */
const READS = 16
/** Folders known at a time; more installed packages than that are not looked into. */
const MAX_FOLDERS = 20_000

/**
 * What is known of the disk beyond the index: folders of installed packages, and what configuration files say.
 * Invariant: asking never reads; what is asked for and not known is noted, and read by `load`.
 */
export class OutsideFiles {
  readonly #reader: OutsideReader
  readonly #folders = new Map<string, FolderListing | null>()
  readonly #configs = new Map<string, unknown>()
  readonly #wantedFolders = new Set<string>()
  readonly #wantedConfigs = new Set<string>()

  constructor(reader: OutsideReader) {
    this.#reader = reader
  }

  /** Whether something was asked for that is not known yet. */
  get isBehind(): boolean {
    return this.#wantedFolders.size + this.#wantedConfigs.size > 0
  }

  /** What a folder holds; null if there is none, undefined if that is not known yet. */
  folder(path: string): FolderListing | null | undefined {
    const known = this.#folders.get(path)
    if (known !== undefined) return known
    if (this.#folders.size + this.#wantedFolders.size >= MAX_FOLDERS) return null
    this.#wantedFolders.add(path)
    return undefined
  }

  /** What a configuration file says; null if it is missing or broken, undefined if that is not known yet. */
  config<K extends ConfigKind>(_kind: K, path: string): ConfigKinds[K] | null | undefined {
    const known = this.#configs.get(path)
    if (known === undefined) this.#wantedConfigs.add(path)
    // A path is always read as what its own name says.
    return known as ConfigKinds[K] | null | undefined
  }

  /** Reads everything that was asked for. */
  async load(): Promise<void> {
    const folders = [...this.#wantedFolders]
    const configs = [...this.#wantedConfigs]
    await forEach(folders, async path => {
      const listing = await this.#reader.folder(path)
      if (this.#wantedFolders.delete(path)) this.#folders.set(path, listing)
    })
    await forEach(configs, async path => {
      this.#wantedConfigs.delete(path)
      const config = await this.#read(path)
      // What changed while it was read is read again.
      if (!this.#wantedConfigs.has(path)) this.#configs.set(path, config)
    })
  }

  /** Reads a configuration file anew; true if it says something else than what was known, if anything was. */
  async refresh(path: string): Promise<boolean> {
    const known = this.#configs.get(path)
    if (known === undefined) return false
    const config = await this.#read(path)
    this.#configs.set(path, config)
    return JSON.stringify(config) !== JSON.stringify(known)
  }

  /** Forgets a configuration file. */
  forget(path: string): void {
    this.#configs.delete(path)
  }

  /** Forgets what is known of folders and of the configuration files that `isGone` picks. */
  forgetFolders(isGone: (config: string) => boolean): void {
    this.#folders.clear()
    for (const path of [...this.#configs.keys()]) if (isGone(path)) this.#configs.delete(path)
  }

  async #read(path: string): Promise<unknown> {
    const text = await this.#reader.text(path)
    return text === null ? null : readConfig(configKindOf(basename(path)) ?? "compiler", text)
  }
}

async function forEach<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += READS) await Promise.all(all.slice(at, at + READS).map(work))
}
