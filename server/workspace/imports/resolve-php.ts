import { dirname, join } from "node:path"
import type { ImportFact } from "../../syntax/symbols.ts"
import { closest } from "./path-parts.ts"
import { allNames, type ImportTarget, type ResolverDisk } from "./resolver-disk.ts"

/** PHP: a file that is included, or the file of each class by the namespaces of composer.json. */
export function resolvePhp(
  from: string,
  { source, names }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  if (/\.(?:php|inc)$/.test(source)) {
    const path = join(dirname(from), source)
    return disk.has(path) ? allNames(path) : []
  }
  return names.flatMap(({ name }) => allNames(classFile(from, `${source}\\${name}`, disk)))
}

function classFile(from: string, name: string, disk: ResolverDisk): string | null {
  const places = disk.memo("namespaces", () => namespaces(disk))
  const files = places.flatMap(([namespace, folder]) =>
    name.startsWith(namespace) ? [`${join(folder, ...name.slice(namespace.length).split("\\"))}.php`] : [],
  )
  return closest(files.filter(disk.has), from)
}

/** Namespaces with a backslash at their end, and the folders they stand for. */
function namespaces(disk: ResolverDisk): readonly (readonly [namespace: string, folder: string])[] {
  return disk.configs("composer").flatMap(path => {
    const listed = disk.config("composer", path)?.namespaces ?? []
    return listed.map(([namespace, folder]) => [namespace, join(dirname(path), folder)] as const)
  })
}
