import { basename, dirname, join } from "node:path"
import type { ImportFact } from "../../syntax/symbols.ts"
import { allNames, type ImportTarget, type ResolverDisk } from "./resolver-disk.ts"

const ENDINGS = ["", ".scss", ".sass", ".less", ".css"]

/** Style sheets: beside the file; with the ending and the underscore of a partial left out; or the index of a folder. */
export function resolveStyle(
  from: string,
  { source }: ImportFact,
  disk: ResolverDisk,
): readonly ImportTarget[] {
  const path = join(dirname(from), source)
  const partial = join(dirname(path), `_${basename(path)}`)
  const stems = [path, partial, join(path, "_index"), join(path, "index")]
  const file = stems.flatMap(stem => ENDINGS.map(ending => `${stem}${ending}`)).find(disk.has)
  return allNames(file ?? null)
}
