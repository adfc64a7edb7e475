import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

/** One file of a project: its path from the project's root with forward slashes, and its whole text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** A family of source files by extension, as `--lang` names it. */
export type SourceLanguage = "ts" | "py" | "go" | "rs"

/** Files above this many bytes are left out of every quality bench. */
export const MAX_SOURCE_BYTES: number = 256 * 1024

const EXTENSIONS: Record<SourceLanguage, RegExp> = {
  ts: /\.(ts|tsx|mts|cts)$/,
  py: /\.py$/,
  go: /\.go$/,
  rs: /\.rs$/,
}

const SKIPPED =
  /(^|\/)(node_modules|dist|build|out|vendor|generated|__generated__|\.git|locales?|fixtures|testdata|snapshots?|__snapshots__|deno_dist)(\/|$)|\.min\.|\.d\.ts$|\.gen\.|\.generated\./

/** Whether a path from the project's root belongs to the sources: right extension, not generated, vendored or a declaration file. */
export function isSource(path: string, language: SourceLanguage): boolean {
  return EXTENSIONS[language].test(path) && !SKIPPED.test(path)
}

/** The sources under a folder of at most `MAX_SOURCE_BYTES` each, sorted by path. */
export function readSources(root: string, language: SourceLanguage): SourceFile[] {
  const paths: string[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`
      if (SKIPPED.test(path)) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && isSource(path, language)) paths.push(path)
    }
  }
  walk("")
  return paths
    .sort()
    .filter(path => isSmallFile(join(root, path)))
    .map(path => ({ path, text: readFileSync(join(root, path), "utf8") }))
}

function isSmallFile(path: string): boolean {
  const { size } = statSync(path)
  return size > 0 && size <= MAX_SOURCE_BYTES
}
