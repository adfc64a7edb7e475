import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { SourceFile } from "../corpus/source-files.ts"

/** Seconds since 1970. */
const LONG_AGO = Date.UTC(2026, 0, 1) / 1000

/** A project in a folder of its own, of which a part can be switched to another branch and back. */
export class BranchedProject {
  readonly folder: string
  /** For what a program keeps from one run to the next. */
  readonly cache: string
  readonly #home: string
  readonly #files: readonly SourceFile[]

  /** Writes all files to a new folder, as if that had been long ago. */
  constructor(files: readonly SourceFile[]) {
    this.#home = mkdtempSync(join(tmpdir(), "index-bench-"))
    this.folder = join(this.#home, "project")
    this.cache = join(this.#home, "cache")
    this.#files = files
    for (const file of files) {
      mkdirSync(dirname(this.#pathOf(file)), { recursive: true })
      writeFileSync(this.#pathOf(file), file.text)
      utimesSync(this.#pathOf(file), LONG_AGO, LONG_AGO)
    }
  }

  /** Absolute paths of all files. */
  get paths(): readonly string[] {
    return this.#files.map(file => this.#pathOf(file))
  }

  /** Writes the other branch's texts over `count` files, spread over the project; gives their paths. */
  switchAway(count: number): readonly string[] {
    return this.#write(count, onOtherBranch)
  }

  /** Writes back what stood there. */
  switchBack(count: number): readonly string[] {
    return this.#write(count, text => text)
  }

  /** Forgets what was kept. */
  clearCache(): void {
    rmSync(this.cache, { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true })
  }

  #write(count: number, textOf: (text: string, place: number) => string): readonly string[] {
    const step = this.#files.length / count
    return Array.from({ length: Math.min(count, this.#files.length) }, (_, turn) => {
      const place = step < 1 ? turn : Math.floor(turn * step)
      const file = this.#files[place]!
      writeFileSync(this.#pathOf(file), textOf(file.text, place))
      return this.#pathOf(file)
    })
  }

  #pathOf({ path }: SourceFile): string {
    return join(this.folder, path)
  }
}

/** A text as another branch has it: a declaration more at the top, so that everything moves, and a name changed throughout. */
function onOtherBranch(text: string, place: number): string {
  const added = `export function onOtherBranch${place}(value: number): number {\n  return value + ${place}\n}\n`
  return added + text.replaceAll(/\boptions\b/g, "choices")
}
