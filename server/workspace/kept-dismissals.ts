import { createHash, randomUUID } from "node:crypto"
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"

/** Most dismissals that are kept of one project; the oldest go first. */
const MOST = 5000

/** Short keys of what was dismissed in one project, kept in the user's cache folder: one line each. */
export class KeptDismissals {
  readonly #path: string | null
  readonly #log: Log
  #keys: Set<string> | null = null

  /** `folder` is the absolute folder of all projects' dismissals; undefined keeps them only while the program runs. */
  constructor(folder: string | undefined, roots: readonly string[], log: Log) {
    const name = createHash("sha256")
      .update([...roots].sort().join("\0"))
      .digest("hex")
      .slice(0, 16)
    this.#path = folder === undefined ? null : join(folder, `${name}.txt`)
    this.#log = log
  }

  get isEmpty(): boolean {
    return this.#known().size === 0
  }

  has(key: string): boolean {
    return this.#known().has(key)
  }

  /** Keeps a key; a disk that can't be written to costs one line of the log, and the key is kept until the program ends. */
  add(key: string): void {
    // Another process may have dismissed something meanwhile.
    const keys = new Set([...this.#known(), ...this.#read(), key])
    for (const oldest of keys) {
      if (keys.size <= MOST) break
      keys.delete(oldest)
    }
    this.#keys = keys
    if (this.#path === null) return
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
      // A reader finds the old keys or the new ones, never half of them.
      const scratch = `${this.#path}.${randomUUID()}`
      writeFileSync(scratch, [...keys].join("\n"), { mode: 0o600 })
      renameSync(scratch, this.#path)
    } catch (error) {
      this.#log.once("warn", `dismissed findings are not kept: ${messageOf(error)}`)
    }
  }

  #known(): Set<string> {
    this.#keys ??= new Set(this.#read())
    return this.#keys
  }

  #read(): readonly string[] {
    if (this.#path === null) return []
    try {
      return readFileSync(this.#path, "utf8").split("\n").filter(Boolean)
    } catch {
      return []
    }
  }
}
