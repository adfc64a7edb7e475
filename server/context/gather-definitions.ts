import type { SymbolHit } from "../workspace/file-facts.ts"
import { LEVELS, levelOfDistance } from "./candidates.ts"
import type { FileOutline } from "./file-outline.ts"
import type { DocumentImport, Survey } from "./survey.ts"

/** A declaration whose members and types may matter too. */
export interface Lead {
  readonly symbol: SymbolHit
  readonly level: number
}

const ALL = "*"
/** Declarations looked at of a module that is imported whole, and beside something imported. */
const MAX_BESIDE = 120
/** The same of a module that is used within a few lines of the cursor. */
const MAX_IN_NEAR_MODULE = 300
const NEAR = 3
/** Declarations of one thing in its file: overloads, and a type beside a value. */
const MAX_MERGED = 4
/** Declarations of one name; of a name with more of them none is likely meant. */
const MAX_RIVALS = 8
/** Level of the things that the document imports and does not use yet. */
const UNUSED = 1
const LEAST_MENTION = 3
/** Names that stand further away are not looked up, lines. */
const MAX_MENTION = 63
/** Stands for any distance out of reach, lines. */
const MAX_DISTANCE = 1000

/** The declarations behind the document's imports. */
export function gatherImports(survey: Survey): readonly Lead[] {
  return survey.imports.flatMap(each => each.names.flatMap(name => gatherImport(survey, each, name)))
}

function gatherImport(
  survey: Survey,
  { path }: DocumentImport,
  { name, as }: { readonly name: string; readonly as: string },
): readonly Lead[] {
  const distance = distanceTo(survey, as)
  const level = distance === null ? UNUSED : levelOfDistance(distance)
  if (name === ALL) return gatherModule(survey, path, level)
  const symbol = survey.view.imports.exportedFrom(path, name)
  if (symbol === null || symbol.path === survey.path) return []
  const kind = distance === null ? "unused-import" : "import"
  for (const each of mergedWith(symbol, survey)) survey.candidates.note(each, kind, level)
  return [{ symbol, level }]
}

/** Lines to the nearest use of a name, `MAX_DISTANCE` for one out of reach; null if the document does not use it. */
function distanceTo({ names, view, document, path }: Survey, name: string): number | null {
  const near = names.get(name)
  if (near !== undefined) return near.distance
  const last = view.index.importsOf(path).findLast(({ reexport }) => !reexport)
  const isUsed = document.text.includes(name, last?.end ?? 0)
  return isUsed ? MAX_DISTANCE : null
}

/** The declarations of the same name in the same place as one: overloads, and a type beside a value. */
function mergedWith(symbol: SymbolHit, survey: Survey): readonly SymbolHit[] {
  const outline = survey.outlineOf(symbol.path)
  if (symbol.container !== null) return [symbol]
  const rows = outline.tops(symbol.name)
  return rows.length === 0 ? [symbol] : rows.slice(0, MAX_MERGED).map(row => outline.symbols[row]!)
}

function gatherModule(survey: Survey, path: string, level: number): readonly Lead[] {
  const outline = survey.outlineOf(path)
  const most = level <= NEAR ? MAX_IN_NEAR_MODULE : MAX_BESIDE / 2
  for (const symbol of exportsOf(outline, most * survey.scale))
    survey.candidates.note(symbol, "namespace", level)
  const leads: Lead[] = []
  for (const { name, isMember, distance } of survey.names.values()) {
    const row = isMember ? outline.top(name) : -1
    if (row === -1) continue
    const lead = { symbol: outline.symbols[row]!, level: levelOfDistance(distance) }
    survey.candidates.note(lead.symbol, "namespace", level)
    survey.candidates.note(lead.symbol, "namespace-mention", lead.level)
    leads.push(lead)
  }
  return leads
}

/** What stands beside the things imported. */
export function gatherNeighbours(survey: Survey, leads: readonly Lead[]): void {
  const levels = new Map<string, number>()
  for (const { path } of survey.imports) levels.set(path, LEVELS - 1)
  for (const { symbol, level } of leads) {
    levels.set(symbol.path, Math.min(level, levels.get(symbol.path) ?? LEVELS - 1))
  }
  for (const [path, level] of levels) {
    for (const symbol of exportsOf(survey.outlineOf(path), MAX_BESIDE * survey.scale)) {
      survey.candidates.note(symbol, "neighbour", level)
    }
  }
}

/** At most `most` declarations of the top level that other files can use. */
function exportsOf(outline: FileOutline, most: number): readonly SymbolHit[] {
  const found: SymbolHit[] = []
  for (let row = 0; row < outline.symbols.length && found.length < most; row++) {
    const symbol = outline.symbols[row]!
    if (outline.containers[row] === -1 && symbol.exported) found.push(symbol)
  }
  return found
}

/** The declarations elsewhere of names that stand near the cursor. */
export function gatherMentions(survey: Survey): readonly Lead[] {
  const leads: Lead[] = []
  for (const { name, distance } of survey.names.values()) {
    if (name.length < LEAST_MENTION || distance > MAX_MENTION * survey.scale) continue
    const declared = survey.view.index.rare(name, MAX_RIVALS) ?? []
    const hits = declared.filter(hit => hit.path !== survey.path)
    const level = levelOfDistance(distance)
    for (const symbol of hits) {
      survey.candidates.note(symbol, "rivals", hits.length - 1)
      if (hits.length === 1 && level < 5) leads.push({ symbol, level })
    }
  }
  return leads
}
