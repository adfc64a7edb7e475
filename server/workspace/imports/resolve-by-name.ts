import { basename, dirname, join, sep } from "node:path"
import { ALL } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import { closest, slashed } from "./path-parts.ts"
import { allNames, type ImportTarget, type ResolverDisk } from "./resolver-disk.ts"

/** Folders that a language looks into for files named without a folder. */
const SEARCH_FOLDERS: ReadonlySet<string> = new Set("lib app src lua spec test config".split(" "))
const JVM_ENDINGS = [".java", ".kt", ".scala", ".groovy", ".kts"]

/** Headers of the C library and of POSIX: other files of the project with such a name are not meant, unless one lies beside. */
const C_LIBRARY: ReadonlySet<string> = new Set(
  `assert complex ctype dirent dlfcn errno fcntl fenv float getopt grp inttypes iso646 langinfo libgen limits locale math
  netdb poll pthread pwd regex sched semaphore setjmp signal spawn stdalign stdarg stdatomic stdbit stdbool stdckdint stddef
  stdint stdio stdlib stdnoreturn string strings syslog termios tgmath threads time uchar unistd utime wchar wctype`
    .split(/\s+/)
    .map(name => `${name}.h`),
)

/** The file of the project that ends in these parts and one of the endings, closest to `from`; null if there is none. */
function fileEndingIn(
  parts: readonly string[],
  endings: readonly string[],
  from: string,
  disk: ResolverDisk,
): string | null {
  const last = parts.at(-1)
  if (last === undefined || last === "") return null
  const files = endings.flatMap(ending => {
    const end = `${sep}${parts.join(sep)}${ending}`
    return disk.named(`${last}${ending}`).filter(path => path.endsWith(end))
  })
  return closest(files, from)
}

/** The folder of the project that ends in these parts, closest to `from`; null if there is none. */
function folderEndingIn(parts: readonly string[], from: string, disk: ResolverDisk): string | null {
  const end = `${sep}${parts.join(sep)}`
  return closest(
    disk.foldersNamed(parts.at(-1) ?? "").filter(path => path.endsWith(end)),
    from,
  )
}

function folderTargets(folder: string | null): readonly ImportTarget[] {
  return folder === null ? [] : [{ path: slashed(folder), name: -1 }]
}

/** Java, Kotlin, Scala: the file of each class, or the folder of a package, by the end of its path. */
export function resolveJvm(
  from: string,
  { source, names }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const parts = source.split(".")
  const targets = names.flatMap(({ name }) =>
    name === ALL ? [] : allNames(fileEndingIn([...parts, name], JVM_ENDINGS, from, disk)),
  )
  if (targets.length > 0) return targets
  // Members of a class, its inner classes, or all of a package.
  const owner = allNames(fileEndingIn(parts, JVM_ENDINGS, from, disk))
  return owner.length > 0 || parts.length < 2 ? owner : folderTargets(folderEndingIn(parts, from, disk))
}

/** C#: the folder of a namespace, of which the first names may be joined in one folder's. */
export function resolveNamespace(
  from: string,
  { source }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const parts = source.split(".")
  for (let joined = 1; joined <= parts.length; joined++) {
    const names = [parts.slice(0, joined).join("."), ...parts.slice(joined)]
    const folder = folderEndingIn(names, from, disk)
    if (folder !== null) return folderTargets(folder)
  }
  return []
}

/** C and C++: beside the file, else by the end of the path, wherever the compiler is told to look. */
export function resolveInclude(
  from: string,
  { source }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const beside = join(dirname(from), source)
  if (disk.has(beside)) return allNames(beside)
  if (C_LIBRARY.has(source)) return []
  const parts = source.split("/").filter(part => part !== "." && part !== "..")
  return allNames(fileEndingIn(parts, [""], from, disk))
}

/** Ruby: beside the file, else below one of the folders that are searched. */
export function resolveRuby(
  from: string,
  { source }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const path = source.replace(/\.rb$/, "")
  const beside = `${join(dirname(from), path)}.rb`
  return allNames(disk.has(beside) ? beside : searchedFile(path.split("/"), ".rb", from, disk))
}

/** Lua: a module's file or its `init.lua`, below one of the folders that are searched. */
export function resolveLua(
  from: string,
  { source }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const parts = source.split(/[./]/).filter(part => part !== "")
  return allNames(
    searchedFile(parts, ".lua", from, disk) ?? searchedFile([...parts, "init"], ".lua", from, disk),
  )
}

/** As `fileEndingIn`, but below a root, a folder that is searched, or the folder of `from`. */
function searchedFile(
  parts: readonly string[],
  ending: string,
  from: string,
  disk: ResolverDisk,
): string | null {
  const end = `${sep}${parts.join(sep)}${ending}`
  const files = disk.named(basename(end)).filter(path => {
    const folder = path.slice(0, -end.length)
    const isSearched = SEARCH_FOLDERS.has(basename(folder)) || disk.roots.includes(folder)
    return path.endsWith(end) && (isSearched || folder === dirname(from))
  })
  return closest(files, from)
}

/** Elixir: the file that a module's name stands for by custom. */
export function resolveElixir(
  from: string,
  { source, names }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const owners = source === "" ? [] : source.split(".")
  return names.flatMap(({ name }) => {
    const modules = name === ALL ? owners : [...owners, name]
    return allNames(fileEndingIn(modules.map(snakeCase), [".ex"], from, disk))
  })
}

function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3_$2$4").toLowerCase()
}
