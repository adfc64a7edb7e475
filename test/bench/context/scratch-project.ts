import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { PlacedContext } from "./projects.ts"

/** A copy of a project in which one file at a time can be masked on disk, so that nobody finds the wanted line there. */
export class ScratchProject {
  /** Absolute, without symbolic links. */
  readonly folder: string
  readonly #project: PlacedContext
  #masked: number | null = null

  constructor(project: PlacedContext) {
    this.#project = project
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "context-bench-")))
    cpSync(project.folder, this.folder, { recursive: true })
  }

  pathOf(file: number): string {
    return join(this.folder, this.#project.files[file]!.path)
  }

  /** Writes a masked text over a file, and back what stood in the one masked before; gives the paths written. */
  mask(file: number, text: string): string[] {
    const before = this.#masked
    const paths = [this.pathOf(file)]
    if (before !== null && before !== file) {
      writeFileSync(this.pathOf(before), this.#project.files[before]!.text)
      paths.push(this.pathOf(before))
    }
    writeFileSync(this.pathOf(file), text)
    this.#masked = file
    return paths
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
