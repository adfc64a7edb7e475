import { isAbsolute, join } from "node:path"
import { ITSELF } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import { mappedPaths } from "./compiler-paths.ts"
import { installedPackage, packageSpecifier } from "./installed-packages.ts"
import { moduleFile } from "./module-files.ts"
import { installedFile, internalFile, packageFile } from "./package-files.ts"
import { beside, isInstalled } from "./path-parts.ts"
import { memberFolder, packageFolderOf, projectPackageFolder } from "./project-packages.ts"
import { allNames, type ImportTarget, type ResolverDisk } from "./resolver-disk.ts"

const RELATIVE = /^\.{1,2}(?:\/|$)/
/** What bundlers take from the end of a specifier. */
const QUERY = /[?].*$/
/** What projects that are built by bundlers call their sources without saying so to the compiler. */
const CUSTOMARY = /^[@~]\//

/** Where an import of JavaScript or TypeScript leads. */
export function resolveEsm(
  from: string,
  { source, reexport }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  if (source === ITSELF && reexport) return allNames(from)
  return allNames(moduleOf(from, source.replace(QUERY, ""), disk))
}

/** The file that a specifier means in the file `from`, or null. */
function moduleOf(from: string, specifier: string, disk: ResolverDisk): string | null {
  if (RELATIVE.test(specifier)) {
    // What ends in dots is a folder, whatever file has its name.
    const asFolder = /(?:^|\/)\.{1,2}$/.test(specifier) ? `${specifier}/` : specifier
    return moduleFile(beside(from, asFolder), disk)
  }
  if (isAbsolute(specifier)) return absoluteFile(specifier, from, disk)
  const own = packageFolderOf(from, disk)
  if (specifier.startsWith("#") && own !== null) {
    const file = internalFile(own, specifier, disk)
    if (file !== null) return file
  }
  if (!isInstalled(from)) {
    const mapped = firstModule(mappedPaths(from, specifier, disk), disk)
    if (mapped !== null) return mapped
  }
  return packageModule(from, specifier, disk) ?? customaryFile(specifier, own, disk)
}

function firstModule(paths: readonly string[], disk: ResolverDisk): string | null {
  for (const path of paths) {
    const file = moduleFile(path, disk)
    if (file !== null) return file
  }
  return null
}

/** A path from the top of the site that the package or the project is, which is what bundlers make of it. */
function absoluteFile(specifier: string, from: string, disk: ResolverDisk): string | null {
  const tops = [packageFolderOf(from, disk), ...disk.roots].filter(folder => folder !== null)
  return firstModule(
    tops.flatMap(folder => [join(folder, specifier), join(folder, "public", specifier)]),
    disk,
  )
}

/** A package of the workspace, else one that is installed, else any of the project with that name. */
function packageModule(from: string, specifier: string, disk: ResolverDisk): string | null {
  const parts = packageSpecifier(specifier.replace(/^node:/, ""))
  if (parts === null) return null
  if (!isInstalled(from)) {
    const member = memberFolder(parts.name, from, disk)
    if (member !== null) return packageFile(member, parts.rest, disk)
  }
  return installedModule(from, specifier, disk) ?? projectModule(from, parts.name, parts.rest, disk)
}

function projectModule(from: string, name: string, rest: string, disk: ResolverDisk): string | null {
  const folder = isInstalled(from) ? null : projectPackageFolder(name, from, disk)
  return folder === null ? null : packageFile(folder, rest, disk)
}

/** The declarations of an installed package: its own, those that others wrote for it, or those of the platform's module. */
function installedModule(from: string, specifier: string, disk: ResolverDisk): string | null {
  const plain = specifier.replace(/^node:/, "")
  if (plain === specifier) {
    const found = installedPackage(from, specifier, disk)
    const file = found === null ? null : placedFile(found.folder, found.rest, disk)
    if (file !== null) return file
    const typed = installedPackage(from, `@types/${specifier.replace(/^@([^/]+)\//, "$1__")}`, disk)
    const declared = typed === null ? null : installedFile(typed.folder, typed.rest, disk)
    if (declared !== null) return declared
  }
  const platform = installedPackage(from, `@types/node/${plain}`, disk)
  if (platform === null) return null
  // What has no file of its own is declared with the module it is a part of.
  const module = platform.rest.replace(/\/.*$/, "")
  return installedFile(platform.folder, platform.rest, disk) ?? installedFile(platform.folder, module, disk)
}

/** An installed package may be a link to one of the project. */
function placedFile(folder: string, rest: string, disk: ResolverDisk): string | null {
  return isInstalled(folder) ? installedFile(folder, rest, disk) : packageFile(folder, rest, disk)
}

function customaryFile(specifier: string, own: string | null, disk: ResolverDisk): string | null {
  if (own === null || !CUSTOMARY.test(specifier)) return null
  const path = specifier.slice(2)
  return firstModule([join(own, "src", path), join(own, path), join(own, "app", path)], disk)
}
