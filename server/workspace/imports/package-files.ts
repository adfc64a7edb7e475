import { basename, join } from "node:path"
import { moduleFile, sourceFile } from "./module-files.ts"
import { exportTargets } from "./package-exports.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** Folders that compiled code is put into, also one in another. */
const OUTPUT: ReadonlySet<string> = new Set(
  "dist lib build out output es esm cjs umd mjs commonjs module modern legacy node browser types typings dts bundles dist-types".split(
    " ",
  ),
)
/** Folders that sources lie in, best first; the last is the package's own. */
const SOURCES = ["src", "source", "lib", ""]
const COMPILED_END = /(?:\.d)?\.[cm]?[jt]sx?$/
const DECLARES = /\.(?:d\.)?[cm]?tsx?$/

/** The file of a project's package that `rest` means (empty: the package itself): its source, where compiled code is named. */
export function packageFile(folder: string, rest: string, disk: ResolverDisk): string | null {
  for (const target of namedTargets(folder, rest, disk)) {
    const file = sourceFile(join(folder, target), disk) ?? sourceOfCompiled(folder, target, disk)
    if (file !== null) return file
  }
  const paths =
    rest === ""
      ? ["src/index", "src/main", `src/${basename(folder)}`, "index", "src/mod"]
      : [rest, `src/${rest}`]
  for (const path of paths) {
    const file = moduleFile(join(folder, path), disk)
    if (file !== null) return file
  }
  return null
}

/** The file with the declarations of an installed package that `rest` means, or null if it brings none. */
export function installedFile(folder: string, rest: string, disk: ResolverDisk): string | null {
  const paths = namedTargets(folder, rest, disk)
  // Only a package that lists no exports lets every file be asked for.
  const listed = disk.config("package", join(folder, "package.json"))?.exports ?? null
  for (const path of listed === null ? [...paths, rest === "" ? "index" : rest] : paths) {
    const file = moduleFile(join(folder, path), disk)
    if (file !== null && DECLARES.test(file)) return file
  }
  return null
}

/** The file behind a specifier that begins with `#`, in the package that lies in `folder`. */
export function internalFile(folder: string, specifier: string, disk: ResolverDisk): string | null {
  const table = disk.config("package", join(folder, "package.json"))?.imports ?? null
  for (const target of exportTargets(table, specifier)) {
    if (!target.startsWith("./")) continue
    const file = sourceFile(join(folder, target), disk) ?? sourceOfCompiled(folder, target, disk)
    if (file !== null) return file
  }
  return null
}

/** Paths that the package.json in `folder` gives for `rest`. */
function namedTargets(folder: string, rest: string, disk: ResolverDisk): readonly string[] {
  const config = disk.config("package", join(folder, "package.json"))
  if (config === null) return []
  const offered = exportTargets(config.exports, rest === "" ? "." : `./${rest}`)
  return rest === "" ? [...offered, ...config.entries] : offered
}

/** The source that compiled code at `target` was made from: without the folders for output, in a folder for sources. */
function sourceOfCompiled(folder: string, target: string, disk: ResolverDisk): string | null {
  const names = target
    .replace(COMPILED_END, "")
    .split("/")
    .filter(name => name !== "." && name !== "")
  while (names.length > 1 && OUTPUT.has(names[0]!)) names.shift()
  for (const source of SOURCES) {
    const file = sourceFile(join(folder, source, ...names), disk)
    if (file !== null) return file
  }
  return null
}
