import { yieldToLoop } from "../../../base/time-slice.ts"
import { carried } from "./carry.ts"
import { objectionTo } from "./check-file.ts"
import { type Draft, type Refused, refused } from "./draft.ts"
import type { LandedFile, Landing, LandingTask } from "./landing.ts"
import { changeOf, type LineEdit } from "./line-edits.ts"
import type { LineSpan } from "./locate.ts"
import { type OpenFile, tooLarge } from "./open-files.ts"
import type { Target } from "./target.ts"
import { unknownCalls } from "./unknown-calls.ts"

/** What one file comes to. */
export type LandedOne = { readonly kind: "landed"; readonly file: LandedFile } | Refused

/**
 * Carries the drafts of one file into its present text and checks what comes of it. `rewritten` is the target that has to be
 * declared afterwards as before, if any.
 */
export async function landDrafts(
  file: OpenFile,
  drafts: readonly Draft[],
  task: LandingTask,
  rewritten: Target | null = null,
): Promise<LandedOne> {
  if (drafts.some(one => drafts.some(other => one !== other && spoils(one, other))))
    return refused(`The model wants to change the same lines of ${file.path} in two ways; ask again.`)
  const placed = placedEdits(file, drafts)
  if (placed === null)
    return refused(`${file.path} was edited where the model wants to change it; ask again.`)
  const { path, language, now } = file
  const edits = placed.map(edit => changeOf(now.lines, edit))
  if (edits.length === 0) return landed({ path, isNew: false, edits, after: now.text, unknownNames: [] })
  await yieldToLoop()
  const change = await file.reader.changed(now, edits)
  if (change === null) return tooLarge(path)
  await yieldToLoop()
  const objection = await objectionTo(file, change, rewritten)
  if (objection !== null) return refused(objection)
  const unknownNames = language === null ? [] : unknownCalls(change, edits, language.lexicon, task.exists)
  return landed({ path, isNew: false, edits, after: change.code.text, unknownNames })
}

function landed(file: LandedFile): LandedOne {
  return { kind: "landed", file }
}

/** The edits of all drafts in the present text, sorted; null if one of them has lost its place. */
function placedEdits(file: OpenFile, drafts: readonly Draft[]): readonly LineEdit[] | null {
  const placed: LineEdit[] = []
  for (const { span, edits } of drafts) {
    const by = carried(file, span)
    if (by === null) return null
    placed.push(...edits.map(edit => ({ ...edit, from: edit.from + by, to: edit.to + by })))
  }
  return placed.sort((one, other) => one.from - other.from || one.to - other.to)
}

/** Whether a draft changes lines that another one was found by, or inserts where that one does. */
function spoils(one: Draft, { span, edits }: Draft): boolean {
  return one.edits.some(
    edit =>
      Math.max(edit.from, span.from) < Math.min(edit.to, span.to) ||
      edits.some(other => other.from === edit.from),
  )
}

/** All files, if each landed and anything changes; else the first reason why not. */
export function together(files: readonly LandedOne[]): Landing {
  const failed = files.find(each => each.kind === "refused")
  if (failed !== undefined) return failed
  const changed = files.flatMap(each =>
    each.kind === "landed" && each.file.edits.length > 0 ? [each.file] : [],
  )
  return changed.length > 0
    ? { kind: "landed", files: changed }
    : refused("The model would change nothing here.")
}

/** The lines of a target. */
export function spanOf({ asked }: OpenFile, target: Target): LineSpan {
  const lineAt = (offset: number): number => asked.lines.starts.findLastIndex(start => start <= offset)
  return { from: lineAt(target.start), to: lineAt(target.end) + 1 }
}
