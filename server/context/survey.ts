import { Memo } from "../base/memo.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import type { SymbolHit } from "../workspace/file-facts.ts"
import type { ResolvedImport } from "../workspace/imports/resolver-disk.ts"
import { Candidates } from "./candidates.ts"
import { CentralHits } from "./central-hits.ts"
import type { CentralSymbols } from "./central-symbols.ts"
import { type CursorName, cursorNames } from "./cursor-names.ts"
import { type FileOutline, Outlines } from "./file-outline.ts"
import { type FileText, FileTexts } from "./file-texts.ts"
import { LineCosts } from "./line-costs.ts"
import type { ProjectView } from "./project-view.ts"

/** An import of the document with where it leads. */
export interface DocumentImport {
  readonly path: string
  readonly names: readonly { readonly name: string; readonly as: string }[]
}

/** A name of another file. */
interface ImportedName {
  readonly path: string
  readonly name: string
}

/** What all gatherers look at, and what they found. */
export interface Survey {
  readonly view: ProjectView
  readonly document: DocumentSnapshot
  /** What the index calls the document. */
  readonly path: string
  readonly offset: number
  /** Where the code ends that is asked about: `offset` where that is a place alone. */
  readonly end: number
  /** The line of `offset`, zero-based. */
  readonly line: number
  readonly names: ReadonlyMap<string, CursorName>
  readonly imports: readonly DocumentImport[]
  readonly candidates: Candidates
  readonly wanted: Set<string>
  /** How far to look beside a budget of 4000 tokens: limits grow with it. */
  readonly scale: number
  outlineOf(path: string): FileOutline
  /** Where a central declaration stands; null if it is there no more. */
  centralHit(central: CentralSymbols[number]): SymbolHit | null
  /** The imports of a file and where they lead. */
  targetsOf(path: string): readonly ResolvedImport[]
  /** What a file imports under a name from a file of the project, or null. */
  importedAs(path: string, as: string): ImportedName | null
  /** The text of a file; one that is not in memory is null, and wanted. */
  textOf(path: string): FileText | null
}

/** What is kept from call to call, bounded. It makes answers quick and never makes one differ. */
export class ContextMemory {
  readonly outlines: Outlines = new Outlines()
  readonly texts: FileTexts = new FileTexts()
  readonly costs: LineCosts = new LineCosts()
  readonly central: CentralHits = new CentralHits()
}

/** The budget for which limits hold as they stand, tokens, and how often they may be exceeded for larger ones. */
const PLAIN_BUDGET = 4000
const MAX_SCALE = 8

/** What is asked about: offsets of the document, `start` before `end` or at it. */
interface Place {
  readonly document: DocumentSnapshot
  readonly start: number
  readonly end: number
}

/** Looks at a place of a document, as far as is worth while for a budget of tokens. */
export function surveyOf(
  view: ProjectView,
  { document, start, end }: Place,
  budget: number,
  memory: ContextMemory,
): Survey {
  const path = document.path ?? document.uri
  const wanted = new Set<string>()
  const targets = new Memo<string, readonly ResolvedImport[]>()
  const imported = new Memo<string, ReadonlyMap<string, ImportedName>>()
  const outlines = new Memo<string, FileOutline>()
  const texts = new Memo<string, FileText | null>()
  const resolved = view.imports.targetsOf(path)
  const targetsOf = (of: string): readonly ResolvedImport[] =>
    targets.of(of, each => view.imports.targetsOf(each))
  return {
    view,
    document,
    path,
    offset: start,
    end,
    line: document.lines.lineAt(start),
    names: cursorNames(document, { start, end }, view.index.importsOf(path)),
    imports: resolved.flatMap(({ names, path: target }) =>
      target === null || target === path ? [] : [{ path: target, names }],
    ),
    candidates: new Candidates(),
    wanted,
    scale: Math.min(MAX_SCALE, Math.max(1, budget / PLAIN_BUDGET)),
    targetsOf,
    importedAs: (of, as) => imported.of(of, each => namesOf(targetsOf(each))).get(as) ?? null,
    centralHit: of => memory.central.of(view.index, of),
    outlineOf: of => outlines.of(of, each => memory.outlines.of(view.index, each)),
    textOf: of => {
      const text = texts.of(of, each => memory.texts.of(view, each))
      if (text === null) wanted.add(of)
      return text
    },
  }
}

/** What imports from the project bring in, by the names they give it; of several under one name the first. */
function namesOf(targets: readonly ResolvedImport[]): ReadonlyMap<string, ImportedName> {
  const imported = new Map<string, ImportedName>()
  for (const { names, path } of targets) {
    if (path === null) continue
    for (const { name, as } of names) if (!imported.has(as)) imported.set(as, { path, name })
  }
  return imported
}
