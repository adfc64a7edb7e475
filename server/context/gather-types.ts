import type { SymbolHit } from "../workspace/file-facts.ts"
import type { Evidence } from "./candidates.ts"
import { eachWord } from "./cursor-names.ts"
import type { FileOutline } from "./file-outline.ts"
import type { Lead } from "./gather-definitions.ts"
import type { Survey } from "./survey.ts"

const STEPS: readonly Evidence[] = ["type-1", "type-2", "type-3"]
/** Declarations followed at each step. */
const MAX_FOLLOWED = 40
/** Members of one declaration that are looked at. */
const MAX_MEMBERS = 100
/** Units of the text of a type that are looked at. */
const MAX_TYPE = 1000

/** The members of what was found, the types that their signatures name, and theirs, three steps far. */
export function gatherTypes(survey: Survey, leads: readonly Lead[]): void {
  const seen = new SeenNames()
  let frontier = nearestFirst(leads)
  for (const lead of frontier) noteMembers(survey, lead, "member")
  for (const step of STEPS) {
    const next: Lead[] = []
    for (const lead of frontier) {
      for (const symbol of typesNamedBy(survey, lead, seen)) {
        survey.candidates.note(symbol, step, lead.level)
        next.push({ symbol, level: lead.level })
      }
    }
    frontier = nearestFirst(next)
    for (const lead of frontier) noteMembers(survey, lead, "type-member")
  }
}

/** Names that were looked up, by file. */
class SeenNames {
  readonly #byPath = new Map<string, Set<string>>()

  /** The names seen in a file so far. */
  of(path: string): Set<string> {
    let names = this.#byPath.get(path)
    if (names === undefined) {
      names = new Set()
      this.#byPath.set(path, names)
    }
    return names
  }
}

function nearestFirst(leads: readonly Lead[]): readonly Lead[] {
  return [...leads].sort((a, b) => a.level - b.level).slice(0, MAX_FOLLOWED)
}

function noteMembers(survey: Survey, { symbol, level }: Lead, kind: Evidence): void {
  const outline = survey.outlineOf(symbol.path)
  for (const row of outline.membersOf(outline.rowAt(symbol.nameStart)).slice(0, MAX_MEMBERS * survey.scale)) {
    survey.candidates.note(outline.symbols[row]!, kind, level)
  }
}

/** Declarations of the capitalised names in the signatures of a declaration and its members. */
function typesNamedBy(survey: Survey, { symbol }: Lead, seen: SeenNames): readonly SymbolHit[] {
  const outline = survey.outlineOf(symbol.path)
  const members = outline.membersOf(outline.rowAt(symbol.nameStart)).slice(0, MAX_MEMBERS * survey.scale)
  const found: SymbolHit[] = []
  const known = seen.of(symbol.path)
  const texts = [wholeOf(survey, symbol), ...members.map(row => outline.symbols[row]!.signature)]
  for (const text of texts) {
    eachWord(text, 0, text.length, (from, to) => {
      if (!isCapital(text, from)) return
      const name = text.slice(from, to)
      if (known.has(name)) return
      known.add(name)
      const type = typeIn(survey, outline, name)
      if (type !== null && type.path !== survey.path && type !== symbol) found.push(type)
    })
  }
  return found
}

/** The text of a type as far as it is in memory, since signatures end early; else the signature. */
function wholeOf({ view }: Survey, { kind, path, start, end, signature }: SymbolHit): string {
  const text = kind === "type" ? view.textOf(path) : null
  return text === null ? signature : text.slice(start, Math.min(end, start + MAX_TYPE))
}

/** What a name means in a file: its own declaration, or what it imports under that name. */
function typeIn(survey: Survey, outline: FileOutline, name: string): SymbolHit | null {
  const own = outline.top(name)
  if (own !== -1) return outline.symbols[own]!
  const imported = survey.importedAs(outline.path, name)
  return imported === null ? null : survey.view.imports.exportedFrom(imported.path, imported.name)
}

function isCapital(text: string, at: number): boolean {
  let first = at
  while (text.charCodeAt(first) === 95) first++
  const unit = text.charCodeAt(first)
  return unit >= 65 && unit <= 90
}
