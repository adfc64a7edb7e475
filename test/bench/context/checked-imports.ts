import { join } from "node:path"
import type { ImportView } from "../../../server/context/project-view.ts"
import type { SymbolHit, SymbolIndex } from "../../../server/workspace/file-facts.ts"
import type { PlacedContext } from "./projects.ts"
import type { ProjectTruth } from "./truth.ts"

const ALL = "*"

/**
 * Imports as TypeScript resolves them: with these, what a contestant misses is not the fault of the product's own
 * resolution. Names and re-exports come from the index.
 */
export class CheckedImports implements ImportView {
  readonly #index: SymbolIndex
  /** By path: where each specifier leads. */
  readonly #targets = new Map<string, Map<string, string>>()
  readonly #importers = new Map<string, string[]>()

  constructor(index: SymbolIndex, { folder, files }: PlacedContext, { syntax, importTargets }: ProjectTruth) {
    this.#index = index
    files.forEach(({ path }, file) => {
      const from = join(folder, path)
      const targets = new Map<string, string>()
      syntax[file]!.imports.forEach(({ specifier }, at) => {
        const target = files[importTargets[file]![at]!]
        if (target !== undefined) targets.set(specifier, join(folder, target.path))
      })
      this.#targets.set(from, targets)
      for (const target of new Set(targets.values())) {
        this.#importers.set(target, [...(this.#importers.get(target) ?? []), from])
      }
    })
  }

  targetsOf(path: string): ReturnType<ImportView["targetsOf"]> {
    const targets = this.#targets.get(path)
    return this.#index
      .importsOf(path)
      .map(fact => ({ fact, path: targets?.get(fact.source) ?? null, names: fact.names }))
  }

  importersOf(path: string): readonly string[] {
    return this.#importers.get(path) ?? []
  }

  exportedFrom(path: string, name: string): SymbolHit | null {
    return this.#declaration(path, name, new Set())
  }

  #declaration(path: string, name: string, seen: Set<string>): SymbolHit | null {
    if (seen.has(path)) return null
    seen.add(path)
    const own = this.#index.inFile(path).find(each => each.container === null && each.name === name)
    if (own !== undefined) return own
    for (const { fact, path: target } of this.targetsOf(path)) {
      if (target === null) continue
      const listed = fact.names.find(({ as }) => as === name)
      const isAll = fact.reexport && fact.names.some(each => each.name === ALL && each.as === ALL)
      if (listed === undefined && !isAll) continue
      const found = this.#declaration(target, listed?.name ?? name, seen)
      if (found !== null) return found
    }
    return null
  }
}
