import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { SourceFile } from "../corpus/source-files.ts"

/** A project in a folder of its own, of which a part can be switched to another branch and back. */
export class BranchedProject {
  readonly folder: string
  readonly #files: readonly SourceFile[]

  /** Writes all files to a new folder. */
  constructor(files: readonly SourceFile[]) {
    this.folder = mkdtempSync(join(tmpdir(), "index-bench-"))
    this.#files = files
    for (const file of files) {
      mkdirSync(dirname(this.#pathOf(file)), { recursive: true })
      writeFileSync(this.#pathOf(file), file.text)
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

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
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
