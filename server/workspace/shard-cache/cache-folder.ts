import { randomBytes } from "node:crypto"
import { chmod, lstat, mkdir, open, readdir, rename, rm, unlink, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { messageOf } from "../../base/errors.ts"
import type { Log } from "../../base/log.ts"

/** A file in a cache folder. */
interface CacheEntry {
  readonly name: string
  readonly bytes: number
  readonly mtimeMs: number
}

const OWNER_ONLY_FOLDER = 0o700
const OWNER_ONLY_FILE = 0o600
/** Says to backup programs that this is a cache; the text is fixed by the CACHEDIR.TAG convention (bford.info/cachedir). */
const CACHE_TAG =
  "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds what pilotlight can find out again.\n"
const TEMPORARY = ".tmp"

/**
 * One workspace's folder among all cached indexes. Nothing here throws: what can't be read is not there, what can't be
 * written is said once to the log.
 * Invariant: a file appears under its name only when it is whole.
 */
export class CacheFolder {
  readonly #all: string
  readonly #path: string
  readonly #log: Log

  /** `all` is the folder of all cached indexes, absolute; neither it nor `name` in it need exist. */
  constructor(all: string, name: string, log: Log) {
    this.#all = all
    this.#path = join(all, name)
    this.#log = log
  }

  /** The bytes of a file; null if there is none, or it is longer than `most`. */
  async read(name: string, most: number): Promise<Buffer | null> {
    const read = async (): Promise<Buffer | null> => {
      const file = await open(join(this.#path, name))
      try {
        const stats = await file.stat()
        return stats.isFile() && stats.size <= most ? await file.readFile() : null
      } finally {
        await file.close()
      }
    }
    return read().catch(() => null)
  }

  /** Makes the folders as far as they are missing, for their owner alone; false if that is not possible. */
  prepare(): Promise<boolean> {
    return this.#try(async () => {
      for (const folder of [this.#all, this.#path]) {
        await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER })
        if (((await lstat(folder)).mode & 0o077) !== 0) await chmod(folder, OWNER_ONLY_FOLDER)
      }
      const marks = { ".gitignore": "*\n", "CACHEDIR.TAG": CACHE_TAG }
      for (const [name, text] of Object.entries(marks)) {
        const file = join(this.#all, name)
        await writeFile(file, text, { flag: "wx", mode: OWNER_ONLY_FILE }).catch(error => unlessThere(error))
      }
    })
  }

  /** Puts a file in place, whatever stood there; `sync` has it on the disk before that. False if it can't be written. */
  write(name: string, bytes: Uint8Array, sync: boolean): Promise<boolean> {
    const temporary = join(this.#path, `${name}.${randomBytes(6).toString("hex")}${TEMPORARY}`)
    return this.#try(async () => {
      try {
        const file = await open(temporary, "wx", OWNER_ONLY_FILE)
        try {
          await file.writeFile(bytes)
          if (sync) await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, join(this.#path, name))
      } catch (error) {
        await unlink(temporary).catch(() => {})
        throw error
      }
    })
  }

  /** Sets a file's time to `now`, ms since 1970, if it is there. */
  async touch(name: string, now: number): Promise<void> {
    await utimes(join(this.#path, name), now / 1000, now / 1000).catch(() => {})
  }

  /** The files in the folder. */
  list(): Promise<readonly CacheEntry[]> {
    return filesIn(this.#path)
  }

  /** Removes files, if they are there. */
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await unlink(join(this.#path, name)).catch(() => {})
  }

  /** Files that a crash left half written before `time`, ms since 1970. */
  async abandoned(time: number): Promise<readonly string[]> {
    const entries = await this.list()
    return entries
      .filter(({ name, mtimeMs }) => name.endsWith(TEMPORARY) && mtimeMs < time)
      .map(({ name }) => name)
  }

  /**
   * Removes whole workspaces from all cached indexes, the longest unused first, until all take up at most `most` bytes.
   * This one stays, and so do those used since `time`, ms since 1970. A workspace was used when `mark` in it was touched.
   */
  async makeRoom(most: number, mark: string, time: number): Promise<void> {
    const others: { path: string; bytes: number; usedMs: number }[] = []
    let total = 0
    for (const name of await namesIn(this.#all)) {
      const path = join(this.#all, name)
      const files = await filesIn(path)
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
      total += bytes
      const usedMs =
        files.find(file => file.name === mark)?.mtimeMs ?? Math.max(0, ...files.map(file => file.mtimeMs))
      if (path !== this.#path && files.length > 0) others.push({ path, bytes, usedMs })
    }
    for (const { path, bytes, usedMs } of others.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= most || usedMs >= time) return
      await rm(path, { recursive: true, force: true }).catch(() => {})
      total -= bytes
    }
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.#log.once("info", `the index is not kept on disk: ${messageOf(error)}`)
      return false
    }
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}

/** The files directly in a folder; none if it is no folder. */
async function filesIn(folder: string): Promise<readonly CacheEntry[]> {
  const entries: CacheEntry[] = []
  for (const name of await namesIn(folder)) {
    const stats = await lstat(join(folder, name)).catch(() => null)
    if (stats?.isFile()) entries.push({ name, bytes: stats.size, mtimeMs: stats.mtimeMs })
  }
  return entries
}
