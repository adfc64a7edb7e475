import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fetchPackage, moveUnlessThere, sourceFolder } from "./fetch.ts"
import { readSources, type SourceFile } from "./source-files.ts"

/** A project on disk that is made of several releases. */
export interface PlacedProject {
  readonly folder: string
  /** Its files, paths from `folder`. */
  readonly files: readonly SourceFile[]
  readonly bytes: number
  readonly lines: number
}

/** The TypeScript sources of several pinned releases (`NAME@VERSION`), each under a folder with its package's name. */
export function readReleases(corpus: string, releases: readonly string[]): SourceFile[] {
  return releases.flatMap(release => {
    const at = release.lastIndexOf("@")
    const [name, version] = [release.slice(0, at), release.slice(at + 1)]
    const files = readSources(sourceFolder(fetchPackage(corpus, name, version)), "ts")
    return files.map(({ path, text }) => ({ path: `${name}/${path}`, text }))
  })
}

/** Writes the sources of several releases into one folder of the corpus, unless they are there already. */
export function placeProject(corpus: string, releases: readonly string[]): PlacedProject {
  const files = readReleases(corpus, releases)
  const key = createHash("sha256").update(releases.join(" ")).digest("hex").slice(0, 12)
  const folder = join(corpus, "projects", key)
  if (!existsSync(folder)) writeProject(folder, files)
  return {
    folder,
    files,
    bytes: files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    lines: files.reduce((sum, { text }) => sum + text.split("\n").length, 0),
  }
}

/** Invariant: `folder` appears only when it is complete. */
function writeProject(folder: string, files: readonly SourceFile[]): void {
  mkdirSync(dirname(folder), { recursive: true })
  const scratch = mkdtempSync(join(dirname(folder), ".place-"))
  for (const { path, text } of files) {
    mkdirSync(dirname(join(scratch, path)), { recursive: true })
    writeFileSync(join(scratch, path), text)
  }
  moveUnlessThere(scratch, folder)
  rmSync(scratch, { recursive: true, force: true })
}
