import { createHash } from "node:crypto"
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { messageOf } from "../../base/errors.ts"
import { arrayOf, objectOf, parseJson, textOf } from "../../base/json.ts"
import type { PlannedFile } from "./editor-setup.ts"

/** One file that was written for an editor. */
interface WrittenFile {
  readonly editor: string
  readonly path: string
  /** Where it is kept as it was before; null if there was none. */
  readonly backup: string | null
  /** Of the text that was written: tells whether somebody changed it since. */
  readonly hash: string
}

const BACKUP = ".before-pilotlight"

/**
 * The files that were written into configurations of editors, and what stood there before. Kept in `folder`, the user's
 * own, so that all of it can be undone.
 */
export class WrittenFiles {
  readonly #record: string

  /** `folder` is absolute; it is made when something is written. */
  constructor(folder: string) {
    this.#record = join(folder, "setup.json")
  }

  /**
   * Writes a file whole or not at all, the one that is there kept beside it; links are followed.
   * A sentence on why it can't be written, else null.
   */
  write(editor: string, { path, after }: PlannedFile): string | null {
    try {
      const place = existsSync(path) ? realpathSync(path) : path
      const backup = existsSync(place) ? this.#backUp(place, editor) : null
      replace(place, after)
      const others = this.#all().filter(file => file.path !== path)
      this.#keep([...others, { editor, path, backup, hash: hashOf(after) }])
      return null
    } catch (error) {
      return `${path} can't be written: ${messageOf(error)}`
    }
  }

  /** Puts back what was there before an editor was set up. For each file a sentence on what was done; none if none is known. */
  undo(editor: string): readonly { readonly done: boolean; readonly says: string }[] {
    return this.#all()
      .filter(file => file.editor === editor)
      .map(file => {
        try {
          return this.#undoFile(file)
        } catch (error) {
          return { done: false, says: `${file.path} can't be put back: ${messageOf(error)}` }
        }
      })
  }

  #undoFile(file: WrittenFile): { readonly done: boolean; readonly says: string } {
    const { path, backup, hash } = file
    if (existsSync(path) && hashOf(readFileSync(path, "utf8")) !== hash) {
      const before = backup === null ? "there was none before" : `it was as ${backup} is`
      return { done: false, says: `${path} was changed since, so it stays; ${before}` }
    }
    if (backup === null) rmSync(path, { force: true })
    else replace(existsSync(path) ? realpathSync(path) : path, readFileSync(backup, "utf8"))
    this.#keep(this.#all().filter(other => other.path !== path))
    if (backup !== null) rmSync(backup, { force: true })
    return { done: true, says: backup === null ? `${path} is gone` : `${path} is as it was` }
  }

  /** The first backup is what the user had; a later set-up must not lose it. */
  #backUp(path: string, editor: string): string | null {
    const known = this.#all().find(file => file.editor === editor && sameFile(file.path, path))
    if (known !== undefined) return known.backup
    const backup = `${path}${BACKUP}`
    copyFileSync(path, backup)
    return backup
  }

  #all(): readonly WrittenFile[] {
    if (!existsSync(this.#record)) return []
    const files = arrayOf(objectOf(parseJson(readFileSync(this.#record, "utf8")))?.["files"])
    return files.flatMap(each => {
      const fields = objectOf(each) ?? {}
      const [editor, path, hash] = [textOf(fields["editor"]), textOf(fields["path"]), textOf(fields["hash"])]
      if (editor === null || path === null || hash === null) return []
      return [{ editor, path, hash, backup: textOf(fields["backup"]) }]
    })
  }

  #keep(files: readonly WrittenFile[]): void {
    if (files.length === 0) rmSync(this.#record, { force: true })
    else replace(this.#record, `${JSON.stringify({ files }, null, 2)}\n`)
  }
}

function sameFile(path: string, place: string): boolean {
  return existsSync(path) && realpathSync(path) === place
}

/** Replaces a file in one step, its mode kept. */
function replace(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const next = `${path}.pilotlight-new`
  writeFileSync(next, text)
  if (existsSync(path)) chmodSync(next, statSync(path).mode & 0o777)
  renameSync(next, path)
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
