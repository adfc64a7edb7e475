import { byText } from "../workspace/best-of.ts"
import type { ContextPart } from "./context-part.ts"
import type { ContextRequest, ContextSelection } from "./context-request.ts"
import { definitionOffers } from "./definition-offers.ts"
import { definitionParts } from "./definition-parts.ts"
import { fitDefinitions } from "./fit-definitions.ts"
import { gather } from "./gather.ts"
import { Ledger } from "./ledger.ts"
import type { ProjectView } from "./project-view.ts"
import { SHARES, type Shares } from "./shares.ts"
import { showCalls, showTest } from "./show-calls.ts"
import { showDocs } from "./show-docs.ts"
import { showDiagnostics, showEdits } from "./show-edits.ts"
import { showOutline } from "./show-outline.ts"
import { showSimilar } from "./show-similar.ts"
import { ContextMemory, type Survey, surveyOf } from "./survey.ts"
import { WEIGHTS } from "./weights.ts"

/** Lines shown before and after the cursor by a prompt that does not say. */
const VISIBLE_BEFORE = 200
const VISIBLE_AFTER = 60

/**
 * Chooses what of the project goes into a prompt about a place of a document: pure, and the same for the same request and
 * view. With a `memory` that is kept from call to call it is quick enough for every keystroke.
 */
export function selectContext(
  request: ContextRequest,
  view: ProjectView,
  memory: ContextMemory = new ContextMemory(),
): ContextSelection {
  const { document, budget } = request
  const start = Math.max(0, Math.min(request.offset, document.text.length))
  const end = Math.max(start, Math.min(request.end ?? start, document.text.length))
  const survey = surveyOf(view, { document, start, end }, budget, memory)
  const ledger = new Ledger(request, memory.costs)
  const visible = request.visible ?? {
    startLine: survey.line - VISIBLE_BEFORE,
    endLine: document.lines.lineAt(end) + VISIBLE_AFTER,
  }
  ledger.show(survey.path, Math.max(0, visible.startLine), visible.endLine)
  const parts = partsOf(request, survey, ledger)
  return { parts: headed(parts, ledger), tokens: ledger.spent, wanted: [...survey.wanted] }
}

function partsOf(request: ContextRequest, survey: Survey, ledger: Ledger): ContextPart[] {
  const { budget, purpose, roots = [] } = request
  const shares = SHARES[purpose]
  const windows = gather(survey, budget)
  const most = (kind: keyof Shares): number => shares[kind] * budget
  const parts: (ContextPart | null)[] = [
    ...showDiagnostics(survey, ledger, most("diagnostics")),
    ...showEdits(survey, ledger, most("edits")),
    showOutline(survey, ledger, most("outline")),
    ...showCalls(survey, ledger, most("callSites")),
    showTest(survey, ledger, most("tests")),
    showDocs(survey, ledger, most("docs")),
    ...showSimilar(survey, windows, ledger, most("similar")),
  ]
  const offers = definitionOffers(survey, ledger.left, roots, WEIGHTS)
  parts.push(...definitionParts(fitDefinitions(offers, survey, ledger)))
  return parts.filter(part => part !== null)
}

/** Best first; the first part of each file bears the file's header. */
function headed(parts: readonly ContextPart[], ledger: Ledger): readonly ContextPart[] {
  const seen = new Set<string>()
  const inOrder = [...parts].sort(byScore)
  return inOrder.map(part => {
    if (seen.has(part.path)) return part
    seen.add(part.path)
    return { ...part, tokens: part.tokens + ledger.headerOf(part.path) }
  })
}

function byScore(one: ContextPart, other: ContextPart): number {
  return other.score - one.score || byText(one.path, other.path) || one.startLine - other.startLine
}
