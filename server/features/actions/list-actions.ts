import type { Finding } from "../diagnostics/finding.ts"
import { ACTION_KINDS, callableAt } from "./action-kinds.ts"
import type { ActionSite, Problem } from "./action-site.ts"

/** One entry of a menu: a command with its arguments. Offsets are UTF-16 code units. */
export interface OfferedAction {
  readonly title: string
  /** A code action kind of LSP. */
  readonly kind: string
  readonly command: string
  /** What the command works on. */
  readonly target: { readonly start: number; readonly end: number }
  /** Further fields of the command's one argument. */
  readonly fields: { readonly [name: string]: string }
  /** Whether a model makes what comes of it. */
  readonly byModel: boolean
  /** The problem it is about; null for none. */
  readonly problem: Problem | null
}

/** What is possible at the moment. */
interface Offering {
  /** Whether a model can be asked. */
  readonly hasModel: boolean
  /** Whether the editor takes edits from a server. */
  readonly canEdit: boolean
  /** Whether an action is running at the place. */
  readonly isRunning: boolean
  /** What rules find at the place. */
  readonly findings: readonly Finding[]
  /** What rules find in the whole document, as far as it is known. */
  readonly inDocument: readonly Finding[]
}

/** Everything that can be asked for at a place, in the order of menus. Never asks a model. */
export function listActions(site: ActionSite, offering: Offering): readonly OfferedAction[] {
  const { hasModel, canEdit, isRunning } = offering
  const running = isRunning ? runningActions(site) : []
  const byRules = findingActions(site, offering)
  if (!hasModel) return [...running, ...byRules]
  const edits = canEdit && !isRunning ? editActions(site, offering) : []
  return [...running, ...byRules, ...edits, ...readingActions(site)]
}

/** What findings offer: fixes, of one finding and of all like it, and that it is no bug. Offline. */
function findingActions(
  { problems }: ActionSite,
  { findings, inDocument, canEdit }: Offering,
): readonly OfferedAction[] {
  const fixes = findings.flatMap(finding => {
    const { rule, start, end, byModel } = finding
    const problem = problems.find(each => each.rule === rule && each.start === start) ?? null
    const entry = { target: { start, end }, fields: { rule }, byModel, problem }
    const dismissal = { kind: "quickfix", command: "pilotlight.dismiss", byModel: false }
    const dismiss = { ...entry, ...dismissal, title: `Not a bug: ${rule}` }
    const [fix] = canEdit ? finding.fixes : []
    if (fix === undefined) return [dismiss]
    return [{ ...entry, title: fix.title, kind: fix.kind, command: "pilotlight.fix" }, dismiss]
  })
  return canEdit ? [...fixes, ...fixAllActions(inDocument)] : fixes
}

const FIX_ALL = [
  { of: "quickfix", title: "Fix all that rules find in this file", kind: "source.fixAll" },
  { of: "refactor.rewrite", title: "Modernise all that rules find in this file", kind: "source.modernise" },
] as const

function fixAllActions(findings: readonly Finding[]): readonly OfferedAction[] {
  return FIX_ALL.flatMap(({ of, title, kind }) => {
    const fixable = findings.filter(({ fixes, byModel }) => !byModel && fixes[0]?.kind === of)
    if (fixable.length < 2) return []
    const target = { start: 0, end: 0 }
    const fields = { kind: of }
    return [{ title, kind, command: "pilotlight.fixAll", target, fields, byModel: false, problem: null }]
  })
}

function editActions(all: ActionSite, { findings }: Offering): readonly OfferedAction[] {
  // What a rule mends exactly needs no model.
  const mended = new Set(findings.flatMap(({ rule, fixes }) => (fixes.length > 0 ? [rule] : [])))
  const site = { ...all, problems: all.problems.filter(({ rule }) => rule === null || !mended.has(rule)) }
  const offered = ACTION_KINDS.filter(kind => kind.applies(site))
  return offered.flatMap(({ id, title, kind }) => {
    const entry = (at: ActionSite, problem: Problem | null): OfferedAction => ({
      ...atSite(at),
      title: title(at),
      kind,
      command: "pilotlight.do",
      fields: problem === null ? { action: id } : { action: id, problem: problem.message },
      byModel: true,
      problem,
    })
    if (id !== "fix") return [entry(site, null)]
    return site.problems.map(problem =>
      entry({ ...site, start: problem.start, end: problem.end, problems: [problem] }, problem),
    )
  })
}

function runningActions(site: ActionSite): readonly OfferedAction[] {
  const stop = { ...atSite(site), kind: "quickfix", fields: {}, byModel: false, problem: null }
  const redirect =
    site.order === null
      ? []
      : [
          {
            ...stop,
            title: "Redirect what is being written",
            command: "pilotlight.steer",
            fields: { instruction: site.order.instruction },
          },
        ]
  return [{ ...stop, title: "Stop writing", command: "pilotlight.stop" }, ...redirect]
}

/** What is read and not changed. */
function readingActions(site: ActionSite): readonly OfferedAction[] {
  const entry = { ...atSite(site), byModel: true, problem: null }
  const review = (title: string, scope: string): OfferedAction => ({
    ...entry,
    title,
    kind: "source.review",
    command: "pilotlight.review",
    fields: { scope },
  })
  const inFunction = callableAt(site) !== null
  return [
    { ...entry, title: "Explain this", kind: "source.explain", command: "pilotlight.explain", fields: {} },
    ...(inFunction ? [review("Review this function", "function")] : []),
    review("Review this file", "file"),
  ]
}

function atSite({ start, end }: ActionSite): { readonly target: OfferedAction["target"] } {
  return { target: { start, end } }
}
