import { ALL } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import type { ImportLink } from "./import-links.ts"
import type { ResolvedImport } from "./resolver-disk.ts"

/** The links of a file beside the imports they come from; `filesOf` gives the files behind a target. */
export function resolvedImports(
  imports: readonly ImportFact[],
  links: readonly ImportLink[],
  filesOf: (target: number) => readonly string[],
): readonly ResolvedImport[] {
  const resolved: ResolvedImport[] = []
  let at = 0
  imports.forEach((fact, index) => {
    const first = at
    while (links[at]?.fact === index) at++
    const own = links.slice(first, at)
    if (own.length === 0) resolved.push({ fact, path: null, names: fact.names })
    for (const link of own) {
      const names = namesFrom(fact, link, own)
      for (const path of filesOf(link.target)) resolved.push({ fact, path, names })
    }
  })
  return resolved
}

/** The names that come from one target: itself, or all that are no targets of their own. */
function namesFrom(fact: ImportFact, link: ImportLink, all: readonly ImportLink[]): ResolvedImport["names"] {
  const itself = fact.names[link.name]
  if (itself !== undefined) return [{ name: ALL, as: itself.as }]
  if (all.length === 1) return fact.names
  return fact.names.filter((_, name) => all.every(each => each.name !== name))
}
