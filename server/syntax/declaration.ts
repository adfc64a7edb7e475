import type { LanguageManifest, NodeRule } from "./manifest.ts"
import type { SymbolKind } from "./symbols.ts"

/** A declaration; offsets are units from the start of its statement. */
export interface Declaration {
  readonly kind: SymbolKind
  readonly name: string
  readonly start: number
  readonly end: number
  readonly nameStart: number
  /** Index of the enclosing declaration of the same statement, or -1. */
  readonly container: number
  /** Name of the symbol it belongs to, wherever that is declared in the file (a Go receiver); null for none. */
  readonly owner: string | null
  /** Exported by what the statement says of it, if its container is. */
  readonly exported: boolean
  readonly signature: string
}

/** A declaration while the walk is inside it. */
export interface Found {
  readonly rule: NodeRule
  readonly start: number
  readonly end: number
  readonly container: Found | null
  /** Where an outer node begins whose first words belong into the signature, or -1. */
  readonly lead: number
  kind: SymbolKind | null
  name: string | null
  nameStart: number
  owner: string | null
  shown: boolean
  hidden: boolean
  /** Within the body of a function. */
  readonly local: boolean
  signatureStart: number
  /** Where the body begins, or -1. */
  signatureEnd: number
  /** Which declaration of its statement it became, or -1. */
  index: number
}

type Declared = Found & { readonly kind: SymbolKind; readonly name: string }

/** What became a declaration of all that was found in the statement that begins at `start`, containers before what is in them. */
export function finishDeclarations(
  found: readonly Found[],
  text: string,
  start: number,
  language: LanguageManifest,
): readonly Declaration[] {
  const declarations: Declaration[] = []
  for (const each of found) {
    if (!isDeclared(each)) continue
    each.index = declarations.length
    declarations.push({
      kind: each.kind,
      name: each.name,
      start: each.start - start,
      end: each.end - start,
      nameStart: each.nameStart - start,
      container: containerOf(each),
      owner: each.owner,
      exported: each.shown && !each.hidden && !each.local && isPublic(each.name, language),
      signature: signatureOf(each, text),
    })
  }
  return declarations
}

function isDeclared(found: Found): found is Declared {
  return found.kind !== null && found.name !== null && !(found.rule.needsBody && found.signatureEnd === -1)
}

/** Index of the declaration around one, which was found before it, or -1. */
function containerOf(found: Found): number {
  let around = found.container
  while (around !== null && around.index === -1) around = around.container
  return around?.index ?? -1
}

/** Whether the language lets other files use a declaration of this name. */
export function isPublic(name: string, language: LanguageManifest): boolean {
  switch (language.exported.name) {
    case "any":
      return true
    case "underscore":
      return !name.startsWith("_") || name.endsWith("__")
    case "capital":
      return /^\p{Lu}/u.test(name)
  }
}

/** The most UTF-16 code units of a signature. */
export const MAX_SIGNATURE = 160
/** Units of source looked at for one: white space folds, so more than is shown. */
const MAX_SIGNATURE_SOURCE = 480
/** What may stand between the outer node and the declaration: words such as `export const`, not other declarations. */
const LEAD = /^[\w\s]{1,40}$/

function signatureOf(found: Found, text: string): string {
  const end = found.signatureEnd === -1 ? found.end : found.signatureEnd
  const leads = found.lead !== -1 && LEAD.test(text.slice(found.lead, found.start))
  const start = leads ? found.lead : Math.max(found.start, found.signatureStart)
  const source = text.slice(start, Math.min(end, start + MAX_SIGNATURE_SOURCE))
  const folded = FOLDS.test(source) ? source.replace(FOLD, " ") : source
  return folded.slice(0, MAX_SIGNATURE).trim()
}

const FOLDS = /[\t\r\n]|\s\s/
const FOLD = /\s+/g
