import { basename, dirname } from "node:path"
import type { SymbolKind } from "../../syntax/symbols.ts"
import type { SymbolHit, SymbolIndex } from "../file-facts.ts"

/** A name that a file exports. */
export interface ExportedName {
  readonly path: string
  readonly name: string
  /** What it is called where it is used. */
  readonly as: string
}

interface Step extends ExportedName {
  /** The name is the one that the file itself uses, not one that it exports. */
  readonly isLocal?: boolean
}

/** What symbols are followed through. */
export interface SymbolSources {
  /** Where a file has a name from: imports under that name first, then those of everything. None for whole modules. */
  originsOf(path: string, name: string): readonly ExportedName[]
  /** What is known of a file: the project's index, or that of installed packages. */
  indexOf(path: string): SymbolIndex
}

/** Files gone through for one name, so that no web of re-exports costs more than about 1 ms. */
const MAX_FILES = 300
/** What an import without braces brings in. */
export const DEFAULT = "default"

/** Kinds that exist only in something else and are never imported by themselves. */
const MEMBERS: ReadonlySet<SymbolKind> = new Set([
  "method",
  "constructor",
  "property",
  "field",
  "enum-member",
  "parameter",
  "key",
  "selector",
])

/** The declaration that other files get from `path` under `name`, through whatever passes it on; null if none is found. */
export function exportedFrom(path: string, name: string, sources: SymbolSources): SymbolHit | null {
  return firstDeclared([{ path, name, as: name }], sources)
}

/** The declaration that `name` stands for in `path` because it is imported there; null if none is found. */
export function importedSymbol(path: string, name: string, sources: SymbolSources): SymbolHit | null {
  return firstDeclared(sources.originsOf(path, name), sources)
}

/** The first declaration on the ways that begin here, the shortest first; what a file says it exports comes before what it declares. */
function firstDeclared(start: readonly ExportedName[], sources: SymbolSources): SymbolHit | null {
  const seen = new Set<string>()
  for (let next: readonly Step[] = start; next.length > 0; ) {
    const fresh = next.filter(({ path, name, isLocal }) => {
      const { size } = seen
      return size < MAX_FILES && seen.add(`${name}\n${path}\n${isLocal === true}`).size > size
    })
    const onwards: Step[] = []
    for (const step of fresh) {
      const { own, others } = originsOf(step, sources)
      const hit = own.length > 0 ? null : declaredIn(step, sources)
      if (hit !== null) return hit
      onwards.push(...(own.length > 0 ? own : others))
    }
    next = onwards
  }
  return null
}

/** Where a file has a name from: itself, if that is what it exports another of its names as, and other files. */
function originsOf(
  { path, name, isLocal }: Step,
  sources: SymbolSources,
): { readonly own: readonly Step[]; readonly others: readonly Step[] } {
  const origins = sources.originsOf(path, name)
  const own = isLocal === true ? [] : origins.filter(each => each.path === path)
  return {
    own: own.map(each => ({ ...each, isLocal: true })),
    others: origins.filter(each => each.path !== path),
  }
}

function declaredIn({ path, name, as }: ExportedName, sources: SymbolSources): SymbolHit | null {
  const index = sources.indexOf(path)
  if (name === DEFAULT) return defaultOf(index.inFile(path), path, as)
  return best(index.declaredIn(path, name))
}

/** Of the declarations of one name in one file: what other files can use, and what stands in nothing, comes first. */
function best(hits: readonly SymbolHit[]): SymbolHit | null {
  const usable = hits.filter(hit => hit.container === null || !MEMBERS.has(hit.kind))
  const rank = (hit: SymbolHit): number => (hit.exported ? 2 : 0) + (hit.container === null ? 1 : 0)
  let found: SymbolHit | null = null
  for (const hit of usable) if (found === null || rank(hit) > rank(found)) found = hit
  return found
}

/** What a file most likely exports by default that does not say it by name: what has its name, or that by which it is used, or the one thing it exports. */
function defaultOf(hits: readonly SymbolHit[], path: string, as: string): SymbolHit | null {
  const own = hits.filter(hit => hit.container === null && hit.exported)
  const stem = basename(path).replace(/\..*$/, "")
  const called = plain(stem === "index" ? basename(dirname(path)) : stem)
  return (
    own.find(hit => plain(hit.name) === called) ??
    own.find(hit => plain(hit.name) === plain(as)) ??
    (own.length === 1 ? own[0]! : null)
  )
}

function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase()
}
