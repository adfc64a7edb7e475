import { basename, dirname, join } from "node:path"
import { foldersAbove } from "./path-parts.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** A crate as seen from its code. */
export interface RustCrate {
  /** Its root file; null if there is none where one is expected. */
  readonly file: string | null
  /** Where the modules of its root lie. */
  readonly folder: string
}

/** Folders of a package of which each file is a crate. */
const CRATE_FOLDERS = ["tests", "examples", "benches", join("src", "bin")]
const ROOT_NAMES = ["lib.rs", "main.rs"]

/** The library of the package that code calls `name`, in the project; null if there is none. */
export function crateNamed(name: string, from: string, disk: ResolverDisk): RustCrate | null {
  const config = disk.config("cargo", join(packageFolder(from, disk) ?? "", "Cargo.toml"))
  const renamed = config?.renamed.find(([alias]) => inCode(alias) === name)?.[1]
  const crates = disk.memo("crates", () => libraries(disk))
  return crates.get(inCode(renamed ?? name)) ?? null
}

/** The name of a package as code writes it. */
function inCode(name: string): string {
  return name.replaceAll("-", "_")
}

function libraries(disk: ResolverDisk): ReadonlyMap<string, RustCrate> {
  const crates = new Map<string, RustCrate>()
  for (const path of disk.configs("cargo")) {
    const config = disk.config("cargo", path)
    if (config?.name === null || config?.name === undefined) continue
    const file = join(dirname(path), config.library ?? join("src", "lib.rs"))
    const name = inCode(config.name)
    if (!crates.has(name)) crates.set(name, { file, folder: dirname(file) })
  }
  return crates
}

/** The folder of the nearest Cargo.toml above a file. */
function packageFolder(from: string, disk: ResolverDisk): string | null {
  const folders = foldersAbove(from, disk.roots)
  return folders.find(folder => disk.config("cargo", join(folder, "Cargo.toml")) !== null) ?? null
}

/** The crate that a file belongs to: itself, or the one with its root above it. */
export function crateOf(from: string, disk: ResolverDisk): RustCrate {
  if (isCrateRoot(from, disk)) return { file: from, folder: dirname(from) }
  const folders = foldersAbove(from, disk.roots)
  for (const folder of folders) {
    const file = ROOT_NAMES.map(name => join(folder, name)).find(disk.has)
    if (file !== undefined) return { file, folder }
    const isTop = folder === packageFolder(from, disk)
    if (isTop || CRATE_FOLDERS.includes(basename(folder)))
      return { file: null, folder: isTop ? join(folder, "src") : folder }
  }
  return { file: null, folder: dirname(from) }
}

/** Whether the modules that a file declares lie beside it, not in a folder with its name. */
export function isFolderModule(path: string, disk: ResolverDisk): boolean {
  return basename(path) === "mod.rs" || isCrateRoot(path, disk)
}

function isCrateRoot(path: string, disk: ResolverDisk): boolean {
  if (ROOT_NAMES.includes(basename(path))) return true
  const folder = packageFolder(path, disk)
  if (folder === null) return false
  if (dirname(path) === folder || CRATE_FOLDERS.some(each => dirname(path) === join(folder, each)))
    return true
  const { roots = [] } = disk.config("cargo", join(folder, "Cargo.toml")) ?? {}
  return roots.some(root => join(folder, root) === path)
}
