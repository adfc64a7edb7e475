import type { CodeAction } from "vscode-languageserver/node"
import type { Problem } from "../features/actions/action-site.ts"
import { listActions, type OfferedAction } from "../features/actions/list-actions.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { siteAt } from "./client-actions.ts"
import { offsetAt, rangeBetween } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { documentUri, fieldsOf, positionOf } from "./params.ts"

/** Most diagnostics that are looked at: some servers report thousands for a selected file. */
const MOST_PROBLEMS = 20

/** Longest look for what rules find, ms; it is known already once typing has paused. */
const FIND_MS = 1

/** LSP's `LLMGenerated`. */
const MODEL_TAG = 1

/**
 * Serves `textDocument/codeAction` from what is known at the moment: editors ask at every pause. Each action is a command,
 * because to resolve one freezes Helix and Emacs.
 */
export function registerCodeAction(context: MethodContext): void {
  const { dispatcher, session } = context
  dispatcher.onRequest("textDocument/codeAction", params => {
    const document = session.document(documentUri(params))
    if (document === null) return []
    const range = fieldsOf(fieldsOf(params)["range"])
    const at = (end: "start" | "end"): number =>
      offsetAt(document, positionOf(range[end], `range.${end}`), session.encoding)
    const start = at("start")
    const asked = fieldsOf(fieldsOf(params)["context"])
    return actionsAt(document, start, Math.max(start, at("end")), asked, context)
  })
}

function actionsAt(
  document: DocumentSnapshot,
  start: number,
  end: number,
  asked: ReturnType<typeof fieldsOf>,
  { session, actions, diagnostics: publisher }: MethodContext,
): readonly CodeAction[] {
  const { uri } = document
  const diagnostics = diagnosticsIn(asked["diagnostics"])
  const problems = new Map(diagnostics.flatMap(each => problemOf(each, document, session.encoding)))
  const site = siteAt(session, { uri, start, end }, [...problems.keys()])
  if (site === null) return []
  const others = site.problems.filter(({ rule }) => rule === null)
  if (session.workspace.reviews.reported(uri, { start, end }, others)) publisher.changed(uri)
  const inDocument = session.workspace.findings.advance(uri, FIND_MS) ?? []
  const offering = {
    hasModel: session.workspace.host.session !== null,
    canEdit: session.profile.applyEdit,
    isRunning: actions.isRunningAt({ uri, start, end }),
    findings: inDocument.filter(finding => finding.start <= end && start <= finding.end),
    inDocument,
  }
  const wanted = wantedKinds(asked["only"])
  return listActions(site, offering)
    .filter(({ kind }) => wanted(kind))
    .map(action => codeActionOf(action, document, problems, session))
}

function codeActionOf(
  { title, kind, command, target, fields, byModel, problem }: OfferedAction,
  document: DocumentSnapshot,
  problems: ReadonlyMap<Problem, unknown>,
  { encoding, profile }: MethodContext["session"],
): CodeAction {
  const range = rangeBetween(document, target.start, target.end, encoding)
  const diagnostic = problem && problems.get(problem)
  return {
    title,
    kind,
    ...(diagnostic == null ? {} : { diagnostics: [diagnostic as never] }),
    ...(byModel && profile.modelTag ? { tags: [MODEL_TAG] } : {}),
    command: { title, command, arguments: [{ ...fields, uri: document.uri, range }] },
  }
}

function diagnosticsIn(diagnostics: unknown): readonly unknown[] {
  return Array.isArray(diagnostics) ? diagnostics.slice(0, MOST_PROBLEMS) : []
}

/** A diagnostic as a problem, beside itself; nothing if it is malformed. */
function problemOf(
  diagnostic: unknown,
  document: DocumentSnapshot,
  encoding: MethodContext["session"]["encoding"],
): readonly (readonly [Problem, unknown])[] {
  const { message, range, source, code } = fieldsOf(diagnostic)
  const rule = source === "pilotlight" && typeof code === "string" ? code : null
  if (typeof message !== "string" || typeof range !== "object") return []
  const { start, end } = fieldsOf(range)
  const from = offsetAt(document, positionOf(start, "diagnostic.range.start"), encoding)
  const to = offsetAt(document, positionOf(end, "diagnostic.range.end"), encoding)
  return [[{ message, start: from, end: Math.max(from, to), rule }, diagnostic]]
}

/** Whether a kind of action is asked for; a kind asked for stands for those below it, too. */
function wantedKinds(only: unknown): (kind: string) => boolean {
  if (!Array.isArray(only) || only.length === 0) return () => true
  return kind => only.some(wanted => kind === wanted || wanted === "" || kind.startsWith(`${wanted}.`))
}
