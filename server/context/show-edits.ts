import type { ContextPart } from "./context-part.ts"
import { showNote } from "./excerpt.ts"
import type { Ledger } from "./ledger.ts"
import type { ContextDiagnostic, RecentEdit } from "./project-view.ts"
import type { Survey } from "./survey.ts"

const MAX_EDITS = 8
const MAX_DIAGNOSTICS = 10
/** What changed last says most of what comes next. */
const EDIT_SCORE = 0.6
const DIAGNOSTIC_SCORE = 0.7

/** What the user changed lately, latest first, as small diffs, for at most so many tokens. */
export function showEdits(survey: Survey, ledger: Ledger, most: number): readonly ContextPart[] {
  const end = ledger.spent + most
  return survey.view.edits.slice(0, MAX_EDITS).flatMap((edit, age) => {
    const text = diffOf(edit)
    if (text === "") return []
    const { path, startLine } = edit
    const place = { path, startLine, endLine: startLine + linesOf(edit.after).length }
    const note = {
      kind: "edit",
      ...place,
      text,
      why: "changed lately",
      score: EDIT_SCORE / (age + 1),
    } as const
    return showNote(note, ledger, end - ledger.spent) ?? []
  })
}

function diffOf({ before, after }: RecentEdit): string {
  if (before === after) return ""
  const gone = linesOf(before).map(line => `-${line}`)
  return [...gone, ...linesOf(after).map(line => `+${line}`)].join("\n")
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n")
}

/** The problems reported for the document, those nearest to the cursor first, for at most so many tokens. */
export function showDiagnostics(survey: Survey, ledger: Ledger, most: number): readonly ContextPart[] {
  const end = ledger.spent + most
  const away = ({ line }: ContextDiagnostic): number => Math.abs(line - survey.line)
  const own = survey.view.diagnostics.filter(({ path }) => path === survey.path)
  const nearest = [...own].sort((a, b) => away(a) - away(b)).slice(0, MAX_DIAGNOSTICS)
  return nearest.flatMap((diagnostic, rank) => {
    const { path, line, message, severity } = diagnostic
    const text = `line ${line + 1}: ${severity}: ${message.replace(/\s+/g, " ").trim()}`
    const place = { path, startLine: line, endLine: line + 1, text }
    const why = "reported for this document"
    const note = { kind: "diagnostic", ...place, why, score: DIAGNOSTIC_SCORE / (rank + 1) } as const
    return showNote(note, ledger, end - ledger.spent) ?? []
  })
}
