import { basename, join } from "node:path"
import { slashed } from "./path-parts.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** What may be left out at the end of a path, sources before compiled code. */
const ENDINGS = [
  ".ts",
  ".tsx",
  ".d.ts",
  ".js",
  ".jsx",
  ".mts",
  ".cts",
  ".mjs",
  ".cjs",
  ".d.mts",
  ".d.cts",
  ".json",
  ".vue",
  ".svelte",
  ".native.ts",
  ".native.tsx",
]

/** What the end of a path to compiled code may stand for. */
const COMPILED: ReadonlyMap<string, readonly string[]> = new Map([
  [".js", [".ts", ".tsx", ".d.ts", ".js", ".jsx"]],
  [".jsx", [".tsx", ".d.ts", ".jsx"]],
  [".mjs", [".mts", ".d.mts", ".mjs"]],
  [".cjs", [".cts", ".d.cts", ".cjs"]],
])
const COMPILED_END = /\.[cm]?jsx?$/

/** The file that a path in JavaScript or TypeScript means: with its ending left out or compiled, or the index of a folder. */
export function moduleFile(path: string, disk: ResolverDisk): string | null {
  return endsInFolder(path) ? folderIndex(path, disk) : (sourceFile(path, disk) ?? folderIndex(path, disk))
}

function endsInFolder(path: string): boolean {
  return path.endsWith("/") || path.endsWith("\\")
}

/** As `moduleFile`, but never a folder. */
export function sourceFile(path: string, disk: ResolverDisk): string | null {
  const compiled = COMPILED_END.exec(path)?.[0]
  if (compiled !== undefined) {
    const stem = path.slice(0, -compiled.length)
    const found = firstFile(stem, COMPILED.get(compiled) ?? [compiled], disk)
    if (found !== null) return found
  } else if (basename(path).includes(".") && disk.has(path)) return path
  return firstFile(path, ENDINGS, disk)
}

function firstFile(stem: string, endings: readonly string[], disk: ResolverDisk): string | null {
  const ending = endings.find(each => disk.has(`${stem}${each}`))
  return ending === undefined ? null : `${stem}${ending}`
}

function folderIndex(folder: string, disk: ResolverDisk): string | null {
  for (const entry of disk.config("package", `${slashed(folder)}package.json`)?.entries ?? []) {
    const file = sourceFile(join(folder, entry), disk)
    if (file !== null) return file
  }
  return firstFile(`${slashed(folder)}index`, ENDINGS, disk)
}
