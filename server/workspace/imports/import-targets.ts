import type { Interner } from "../../base/interner.ts"
import { ALL } from "../../syntax/import-text.ts"
import type { ImportFact } from "../../syntax/symbols.ts"
import type { ImportedFrom, ImportLink } from "./import-links.ts"
import type { ResolvedImport } from "./resolver-disk.ts"

/** What one import brings from one target. */
interface NamedTarget {
  readonly fact: ImportFact
  /** Path id, or -1 if the import leads nowhere. */
  readonly target: number
  readonly names: ResolvedImport["names"]
}

/** The links of a file beside the imports they come from, in the order of the imports. */
export function namedTargets(
  imports: readonly ImportFact[],
  links: readonly ImportLink[],
): readonly NamedTarget[] {
  const named: NamedTarget[] = []
  let at = 0
  imports.forEach((fact, index) => {
    const first = at
    while (links[at]?.fact === index) at++
    if (at === first) named.push({ fact, target: -1, names: fact.names })
    const own = links.slice(first, at)
    for (const link of own) named.push({ fact, target: link.target, names: namesFrom(fact, link, own) })
  })
  return named
}

/** The names of links, by their ids; what stands for a whole module is left out. */
export function importedNames(
  imports: readonly ImportFact[],
  links: readonly ImportLink[],
  interner: Interner,
): readonly ImportedFrom[] {
  return namedTargets(imports, links).flatMap(({ target, names }) => {
    const own = target === -1 ? [] : names.filter(({ name, as }) => name !== ALL || as === ALL)
    return own.map(({ name, as }) => ({ as: interner.intern(as), name: interner.intern(name), target }))
  })
}

/** The names that come from one target: itself, or all that are no targets of their own. */
function namesFrom(fact: ImportFact, link: ImportLink, all: readonly ImportLink[]): ResolvedImport["names"] {
  const itself = fact.names[link.name]
  if (itself !== undefined) return [{ name: ALL, as: itself.as }]
  if (all.length === 1) return fact.names
  return fact.names.filter((_, name) => all.every(each => each.name !== name))
}
