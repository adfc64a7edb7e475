import { dirname } from "node:path"
import { Memo } from "../base/memo.ts"
import { byText } from "../workspace/best-of.ts"
import type { Survey } from "./survey.ts"

/** Files looked at that import one module. */
const MAX_IMPORTERS = 40
/** Files whose imports are counted. */
const MAX_SIBLINGS = 32
/** Files whose imports are looked at for that. */
const MAX_COMPARED = 48
/** Imported things that are looked up. */
const MAX_SHARED = 100
/** What the same folder counts beside shared imports. */
const SAME_FOLDER = 0.3

/** Something that siblings import, with the likeness of all that do. */
interface Shared {
  readonly path: string
  readonly name: string
  weight: number
}

/** What the files import besides that import what the document imports. */
export function gatherSiblings(survey: Survey): void {
  const siblings = siblingsOf(survey)
  const total = siblings.reduce((sum, [, likeness]) => sum + likeness, 0)
  for (const { path, name, weight } of sharedBy(siblings, survey)) {
    const symbol = survey.view.imports.exportedFrom(path, name)
    if (symbol === null || symbol.path === survey.path) continue
    survey.candidates.note(symbol, "co-import", Math.floor(-Math.log2(weight / total)))
  }
}

/** What the siblings import by name, what most of them do first. */
function sharedBy(siblings: readonly (readonly [string, number])[], survey: Survey): readonly Shared[] {
  const imports = new SharedImports()
  for (const [sibling, likeness] of siblings) {
    for (const { names, path } of survey.targetsOf(sibling)) {
      if (path === null || path === survey.path) continue
      for (const { name } of names) if (name !== "*") imports.add(path, name, likeness)
    }
  }
  return imports.list.sort((a, b) => b.weight - a.weight).slice(0, MAX_SHARED)
}

class SharedImports {
  /** In the order they were added first. */
  readonly list: Shared[] = []
  readonly #inFiles = new Memo<string, Memo<string, Shared>>()

  add(path: string, name: string, likeness: number): void {
    const inFile = this.#inFiles.of(path, () => new Memo())
    const shared = inFile.of(name, () => ({ path, name, weight: 0 }))
    if (shared.weight === 0) this.list.push(shared)
    shared.weight += likeness
  }
}

/** Files with how many imports they share with the document, as the cosine, the likest first. */
function siblingsOf(survey: Survey): readonly (readonly [string, number])[] {
  const mine = new Set(survey.imports.map(each => each.path))
  const shared = new Map<string, number>()
  for (const path of mine) {
    for (const importer of survey.view.imports.importersOf(path).slice(0, MAX_IMPORTERS)) {
      if (importer !== survey.path) shared.set(importer, (shared.get(importer) ?? 0) + 1)
    }
  }
  const folder = dirname(survey.path)
  const near = (path: string): number => (dirname(path) === folder ? SAME_FOLDER : 0)
  const first = likest(Array.from(shared, ([path, count]) => [path, count + near(path)] as const))
  const alike = first.slice(0, MAX_COMPARED).map(([path]) => {
    const theirs = Math.max(1, survey.targetsOf(path).length)
    return [path, shared.get(path)! / Math.sqrt(mine.size * theirs) + near(path)] as const
  })
  return likest(alike).slice(0, MAX_SIBLINGS)
}

function likest(files: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  return [...files].sort((a, b) => b[1] - a[1] || byText(a[0], b[0]))
}
