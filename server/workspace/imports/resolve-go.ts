import { dirname, isAbsolute, join } from "node:path"
import type { ImportFact } from "../../syntax/symbols.ts"
import { closest, slashed } from "./path-parts.ts"
import type { ImportTarget, ResolverDisk } from "./resolver-disk.ts"

/** A module and a folder that its packages lie in. */
type GoPlace = readonly [module: string, folder: string]

/** Where an import of Go leads: the folder of a package, of any module of the project. */
export function resolveGo(from: string, { source }: ImportFact, disk: ResolverDisk): readonly ImportTarget[] {
  const folder = source.startsWith(".") ? join(dirname(from), source) : packageFolder(from, source, disk)
  return folder !== null && disk.hasFolder(folder) ? [{ path: slashed(folder), name: -1 }] : []
}

function packageFolder(from: string, source: string, disk: ResolverDisk): string | null {
  const places = disk.memo("go modules", () => placesOf(disk))
  const matching = places.filter(([module]) => source === module || source.startsWith(`${module}/`))
  const longest = Math.max(0, ...matching.map(([module]) => module.length))
  const folders = matching
    .filter(([module]) => module.length === longest)
    .map(([module, folder]) => join(folder, source.slice(module.length)))
  return closest(folders.filter(disk.hasFolder), from)
}

/** All modules of the project, and folders that stand in for others. */
function placesOf(disk: ResolverDisk): readonly GoPlace[] {
  return disk.configs("go").flatMap((path): readonly GoPlace[] => {
    const config = disk.config("go", path)
    if (config === null) return []
    const replaced = config.replaced.map(
      ([module, folder]): GoPlace => [module, isAbsolute(folder) ? folder : join(dirname(path), folder)],
    )
    return [[config.module, dirname(path)], ...replaced]
  })
}
