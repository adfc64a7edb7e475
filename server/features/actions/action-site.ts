import type { LanguageManifest } from "../../syntax/manifest.ts"
import type { SymbolKind } from "../../syntax/symbols.ts"
import type { NodeAround } from "../../syntax/trial.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type InstructionComment, instructionAt, instructionComments } from "./instruction-comment.ts"

/** A problem that some server reported. Offsets are UTF-16 code units. */
export interface Problem {
  readonly message: string
  readonly start: number
  readonly end: number
  /** The rule of ours that found it; null for another server's. */
  readonly rule: string | null
}

/** A declaration around a place. */
export interface DeclarationAround {
  readonly kind: SymbolKind
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What stands where actions are asked for; offsets are UTF-16 code units. */
export interface ActionSite {
  readonly document: DocumentSnapshot
  readonly start: number
  /** Equal to `start` where only a cursor stands. */
  readonly end: number
  readonly language: LanguageManifest | null
  /** Innermost first; empty where the text could not be parsed in time. */
  readonly declarations: readonly DeclarationAround[]
  /** Whether a branch over cases is around: `switch`, `match`, `when`. */
  readonly hasCases: boolean
  /** In the order given. */
  readonly problems: readonly Problem[]
  readonly order: InstructionComment | null
}

/** What a site is read from. */
interface SitePlace {
  readonly document: DocumentSnapshot
  readonly start: number
  readonly end: number
  readonly language: LanguageManifest | null
  /** The nodes around `start`, innermost first. */
  readonly nodes: readonly NodeAround[]
  readonly problems: readonly Problem[]
  /** What instruction comments begin with. */
  readonly prefix: string
}

/** Reads what stands at a place. Costs one search of the text and the nodes given. */
export function actionSite({ nodes, prefix, ...place }: SitePlace): ActionSite {
  const { document, start, end, language } = place
  // What some editors send for a cursor.
  const isCursor = end - start <= 1
  const orders = language === null ? [] : instructionComments(document, language.lexicon, prefix)
  return {
    ...place,
    end: isCursor ? start : end,
    declarations: language === null ? [] : declarationsIn(nodes, language, document.text),
    hasCases: nodes.some(({ type }) => CASES.test(type)),
    order: instructionAt(orders, document, start),
  }
}

/** Types of nodes, in the grammars there are, that choose between cases. */
const CASES = /^(?:\w+_)?(?:switch|match|when)_(?:statement|expression|block)$/

function declarationsIn(
  nodes: readonly NodeAround[],
  language: LanguageManifest,
  text: string,
): readonly DeclarationAround[] {
  return nodes.flatMap(({ type, start, end }, at) => {
    const rule = language.nodes.get(type)
    if (rule === undefined || rule.name.length === 0) return []
    const inner = at === 0 ? undefined : nodes[at - 1]
    const kind = (inner && rule.kinds.get(inner.type)) ?? rule.kind
    return kind === null ? [] : [{ kind, start, end, text: text.slice(start, end) }]
  })
}
