import { dirname, join } from "node:path"
import { ALL } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import { allNames, type ImportTarget, type ResolverDisk } from "./resolver-disk.ts"
import { crateNamed, crateOf, isFolderModule, type RustCrate } from "./rust-crates.ts"

/** A module: the file that holds its items, and the folder of those inside it. */
interface RustModule {
  readonly file: string | null
  readonly folder: string
}

/** Where `mod x;` or a `use` leads: names that are modules lead to their own files. */
export function resolveRust(from: string, fact: ImportFact, disk: ResolverDisk): readonly ImportTarget[] {
  if (fact.source.endsWith(".rs")) return allNames([join(dirname(from), fact.source)].find(disk.has) ?? null)
  const here = modulesHere(from, fact, disk)
  const [only] = fact.names
  if (fact.names.length === 1 && only?.name === ALL && only.as === fact.source) {
    // A file that an attribute names declares modules that lie beside it.
    const declared =
      child(here[0]!, fact.source, disk) ?? child({ file: from, folder: dirname(from) }, fact.source, disk)
    if (declared !== null) return allNames(declared.file)
  }
  if (fact.source === "") {
    return fact.names.flatMap(({ name }, index) => {
      const path = first(name, from, here[0]!, disk)?.file ?? null
      return path === null ? [] : [{ path, name: index }]
    })
  }
  const path = fact.source.split("::").filter(part => part !== "")
  const start = startOf(path, from, here, disk)
  return start === null ? [] : targetsIn(start.module, path.slice(start.used), fact, disk)
}

/** The modules around an import in one file, innermost first; the last is the file's own. */
function modulesHere(from: string, { start }: ImportFact, disk: ResolverDisk): readonly RustModule[] {
  const folder = isFolderModule(from, disk) ? dirname(from) : from.replace(/\.rs$/, "")
  const modules: RustModule[] = [{ file: from, folder }]
  for (const name of disk.modulesAround(from, start)) {
    modules.unshift({ file: from, folder: join(modules[0]!.folder, name) })
  }
  return modules
}

/** The module that a path begins at, and how many of its parts say so. */
function startOf(
  path: readonly string[],
  from: string,
  here: readonly RustModule[],
  disk: ResolverDisk,
): { readonly module: RustModule; readonly used: number } | null {
  const [head] = path
  if (head === "crate" || head === "$crate") return { module: crateOf(from, disk), used: 1 }
  if (head !== "self" && head !== "super") {
    const module = first(head ?? "", from, here[0]!, disk)
    return module === null ? null : { module, used: 1 }
  }
  let used = head === "self" ? 1 : 0
  let [module, ...above] = here
  for (; path[used] === "super"; used++) {
    if (module === undefined) return null
    module = above.shift() ?? parentOf(module, crateOf(from, disk), disk)
  }
  return module === undefined ? null : { module, used }
}

/** The module a first name means: another crate's, else a child of the present module, else one of the crate's root. */
function first(name: string, from: string, here: RustModule, disk: ResolverDisk): RustModule | null {
  return crateNamed(name, from, disk) ?? child(here, name, disk) ?? child(crateOf(from, disk), name, disk)
}

function parentOf(module: RustModule, crate: RustCrate, disk: ResolverDisk): RustModule {
  const folder = dirname(module.folder)
  if (folder === crate.folder) return crate
  // Nothing is above the root.
  if (module.folder === crate.folder) return { file: null, folder }
  // Without a file of its own the module stands in another, most likely in the root.
  const file = [`${folder}.rs`, join(folder, "mod.rs")].find(disk.has) ?? crate.file
  return { file, folder }
}

function child({ folder }: RustModule, name: string, disk: ResolverDisk): RustModule | null {
  const path = join(folder, name)
  const file = [`${path}.rs`, join(path, "mod.rs")].find(disk.has)
  return file === undefined ? null : { file, folder: path }
}

/** Goes down from a module as far as parts of the path are files; what is left are items of the last one. */
function targetsIn(
  start: RustModule,
  path: readonly string[],
  { names }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  let module = start
  let depth = 0
  for (let below = start; depth < path.length; depth++) {
    const next = child(below, path[depth]!, disk)
    if (next === null) break
    module = next
    below = next
  }
  const targets = [...allNames(module.file)]
  if (depth < path.length) return targets
  names.forEach(({ name }, index) => {
    const file = name === ALL ? null : child(module, name, disk)?.file
    if (file) targets.push({ path: file, name: index })
  })
  return targets
}
