import { basename, dirname, join } from "node:path"
import { foldersAbove, isInstalled, isWithin } from "./path-parts.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** A package in a folder and a path in it, empty for the package itself. */
interface PackagePlace {
  readonly folder: string
  readonly rest: string
}

/** The name of a package at the start of a specifier, and what stands behind it. */
interface PackageSpecifier {
  readonly name: string
  /** Without a slash before it; empty for the package itself. */
  readonly rest: string
}

const SPECIFIER = /^((?:@[\w.~-]+\/)?[\w~][\w.~-]*)(?:\/(.*))?$/

/** A specifier as a package and a path in it; null if it names no package. */
export function packageSpecifier(specifier: string): PackageSpecifier | null {
  const [, name, rest = ""] = SPECIFIER.exec(specifier) ?? []
  return name === undefined ? null : { name, rest }
}

/** The package in `node_modules` that a specifier means in the file `from`, or null. */
export function installedPackage(from: string, specifier: string, disk: ResolverDisk): PackagePlace | null {
  const parts = packageSpecifier(specifier)
  if (parts === null) return null
  const { name, rest } = parts
  const folder = disk.memo(`installed ${name} ${dirname(from)}`, () => installedFolder(from, name, disk))
  return folder === null ? null : { folder, rest }
}

function installedFolder(from: string, name: string, disk: ResolverDisk): string | null {
  for (const packages of packageFolders(from, disk)) {
    const real = disk.installed(join(packages, name))
    if (real !== null) return real
  }
  return null
}

/** The `node_modules` that a file's packages may be in, the nearest first. */
function packageFolders(from: string, disk: ResolverDisk): readonly string[] {
  return disk.memo(`package folders ${dirname(from)}`, () =>
    foldersAbove(from, [])
      .filter(folder => mayHoldPackages(folder, disk))
      .map(folder => (basename(folder) === "node_modules" ? folder : join(folder, "node_modules"))),
  )
}

/** In the project only folders with a package.json are believed to have packages of their own, to look at few. */
function mayHoldPackages(folder: string, disk: ResolverDisk): boolean {
  if (isInstalled(join(folder, "x"))) return true
  const isInside = disk.roots.some(root => folder !== root && isWithin(folder, root))
  return !isInside || disk.config("package", join(folder, "package.json")) !== null
}
