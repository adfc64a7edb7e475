import { homedir } from "node:os"
import { yieldToLoop } from "../../base/time-slice.ts"
import { lineEdits, textLines } from "../../features/actions/landing/line-edits.ts"
import { ClientWorkspace } from "../../features/client-workspace.ts"
import type { Finding } from "../../features/diagnostics/finding.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { uriOfPath } from "../../workspace/file-uri.ts"
import type { OpenedProject } from "../opened-project.ts"

/** A file to review. */
export interface FileToReview {
  /** Absolute. */
  readonly path: string
  readonly text: string
  /** What it was like before the changes that are to be reviewed; null to review all of it. */
  readonly before: string | null
}

/** What was found in one file, in order. */
export interface ReviewedFile {
  readonly document: DocumentSnapshot
  readonly findings: readonly Finding[]
  /** Why the model saw nothing of it, or not all: a sentence without a full stop; null if it did, or none was asked. */
  readonly problem: string | null
}

/** Longest stretch of looking for what rules find, ms. */
const SLICE_MS = 50
/** A session's own timers keep no process alive. */
const ALIVE_MS = 10_000

/** Reviews files one after the other: by rules, and by the model of the host if `asksModel`. Never rejects. */
export async function reviewFiles(
  files: readonly FileToReview[],
  { host, root, log }: OpenedProject,
  asksModel: boolean,
): Promise<readonly ReviewedFile[]> {
  const options = { host, roots: [root], home: homedir(), log, onProject: () => {}, pacesReviews: false }
  const workspace = new ClientWorkspace(options)
  const alive = setInterval(() => {}, ALIVE_MS)
  const reviewed: ReviewedFile[] = []
  let hasModel = asksModel
  for (const file of files) {
    const uri = uriOfPath(file.path)
    workspace.open(uri, "", 1, file.text)
    workspace.reviews.opened(uri, file.before ?? "")
    const end = hasModel ? await workspace.reviews.review(uri, () => {}) : null
    // What failed once, maybe after minutes, is not tried for each file.
    hasModel = hasModel && end?.failed !== true
    const findings = await foundIn(uri, file, workspace)
    reviewed.push({ document: workspace.document(uri)!, findings, problem: end?.problem ?? null })
    workspace.close(uri)
  }
  clearInterval(alive)
  workspace.dispose()
  return reviewed
}

/** What is found in an open document; of what rules find, only what touches lines that changed. */
async function foundIn(
  uri: string,
  { before, text }: FileToReview,
  workspace: ClientWorkspace,
): Promise<readonly Finding[]> {
  let found: readonly Finding[] | null = null
  while (found === null) {
    found = workspace.findings.advance(uri, SLICE_MS)
    await yieldToLoop()
  }
  const { lines } = workspace.document(uri)!
  const isChanged = changedLines(before, text)
  return found.filter(({ byModel, start, end }) => {
    if (byModel) return true
    for (let line = lines.lineAt(start); line <= lines.lineAt(end); line++) if (isChanged(line)) return true
    return false
  })
}

/** Tells the lines of a text, counted from 0, that are not as they were before. */
function changedLines(before: string | null, text: string): (line: number) => boolean {
  if (before === null) return () => true
  const edits = lineEdits(textLines(before).lines, textLines(text).lines)
  return line => edits.some(({ at, lines }) => line >= at && line < at + lines.length)
}
