import { basename, dirname, join } from "node:path"
import { ALL } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import { closest, foldersAbove } from "./path-parts.ts"
import type { ImportTarget, ResolverDisk } from "./resolver-disk.ts"

/** Folders beside which, or in which, the packages of a distribution lie. */
const SOURCE_FOLDERS: ReadonlySet<string> = new Set(["src", "lib", "python"])
const DISTRIBUTION_FILES = ["pyproject.toml", "setup.py", "setup.cfg"]

/** A module of Python: its file, or only its folder for a package without a file. */
interface PythonModule {
  readonly file: string | null
  /** Where its submodules lie. */
  readonly folder: string
}

/** Where an import of Python leads: names that are modules lead to their own files. */
export function resolvePython(from: string, fact: ImportFact, disk: ResolverDisk): readonly ImportTarget[] {
  const dots = /^\.*/.exec(fact.source)?.[0].length ?? 0
  const parts = fact.source
    .slice(dots)
    .split(".")
    .filter(part => part !== "")
  const module =
    dots > 0 ? moduleIn(relativeFolder(from, dots), parts, disk) : absoluteModule(from, parts, disk)
  if (module === null) return []
  const { file, folder } = module
  const targets: ImportTarget[] = file === null ? [] : [{ path: file, name: -1 }]
  if (file !== null && !isPackage(file)) return targets
  fact.names.forEach(({ name }, index) => {
    const path = name === ALL ? null : moduleFile(join(folder, name), disk)
    if (path !== null) targets.push({ path, name: index })
  })
  return targets
}

function relativeFolder(from: string, dots: number): string {
  let folder = dirname(from)
  for (let dot = 1; dot < dots; dot++) folder = dirname(folder)
  return folder
}

function isPackage(file: string): boolean {
  return /^__init__\.pyi?$/.test(basename(file))
}

/** The module that names lead to from a folder; the folder itself for none. */
function moduleIn(folder: string, parts: readonly string[], disk: ResolverDisk): PythonModule | null {
  const path = join(folder, ...parts)
  const file = parts.length === 0 ? packageFile(path, disk) : moduleFile(path, disk)
  return file !== null || disk.hasFolder(path) ? { file, folder: path } : null
}

function moduleFile(path: string, disk: ResolverDisk): string | null {
  return packageFile(path, disk) ?? [".py", ".pyi"].map(end => `${path}${end}`).find(disk.has) ?? null
}

function packageFile(folder: string, disk: ResolverDisk): string | null {
  return ["__init__.py", "__init__.pyi"].map(name => join(folder, name)).find(disk.has) ?? null
}

function absoluteModule(from: string, parts: readonly string[], disk: ResolverDisk): PythonModule | null {
  const [first] = parts
  if (first === undefined) return null
  const places = [...disk.foldersNamed(first), ...disk.named(`${first}.py`), ...disk.named(`${first}.pyi`)]
  const folders = new Set(places.map(place => dirname(place)))
  for (const folder of rankedFolders(from, folders, disk)) {
    const module = moduleIn(folder, parts, disk)
    if (module !== null) return module
  }
  return null
}

/** Those of the folders that Python could look into from a file: around it, then beside it, then other distributions. */
function rankedFolders(from: string, folders: ReadonlySet<string>, disk: ResolverDisk): readonly string[] {
  if (folders.size === 0) return []
  const above = foldersAbove(from, disk.roots)
  const top = above.find(folder => packageFile(folder, disk) === null) ?? dirname(from)
  // What lies at the top of the project comes before what lies beside the file by chance.
  const around = [top, ...above.toReversed()].filter(folder => folders.has(folder))
  const others = [...folders].filter(folder => !around.includes(folder))
  const beside = others.filter(
    folder => SOURCE_FOLDERS.has(basename(folder)) && above.includes(dirname(folder)),
  )
  const declared = others.filter(folder => declaredFolders(disk).has(folder))
  const nearest = closest(
    others.filter(folder => isDistribution(folder, disk)),
    from,
  )
  return [...new Set([...around, ...beside, ...declared, ...(nearest === null ? [] : [nearest])])]
}

function declaredFolders(disk: ResolverDisk): ReadonlySet<string> {
  return disk.memo("python folders", () => {
    const folders = disk.configs("python").flatMap(path => {
      const config = disk.config("python", path)
      return (config?.sourceFolders ?? []).map(folder => join(dirname(path), folder).replace(/[\\/]$/, ""))
    })
    return new Set(folders)
  })
}

function isDistribution(folder: string, disk: ResolverDisk): boolean {
  const top = SOURCE_FOLDERS.has(basename(folder)) ? dirname(folder) : folder
  return DISTRIBUTION_FILES.some(name => disk.has(join(top, name)))
}
