import { carried } from "./carry.ts"
import { objectionTo } from "./check-file.ts"
import { type Draft, type Refused, refused } from "./draft.ts"
import type { LandedFile, Landing, LandingTask, ShownFile } from "./landing.ts"
import { changed, changeOf, type LineEdit, textLines } from "./line-edits.ts"
import type { LineSpan } from "./locate.ts"
import { type Declared, declaredIn } from "./outline.ts"
import type { Target } from "./target.ts"
import { unknownNames } from "./unknown-names.ts"

/** What one file comes to. */
export type LandedOne = { readonly kind: "landed"; readonly file: LandedFile } | Refused

/** Carries the drafts of one file into its present text and checks what comes of it. */
export function landDrafts(file: ShownFile, drafts: readonly Draft[], task: LandingTask): LandedOne {
  if (drafts.some(one => drafts.some(other => one !== other && spoils(one, other))))
    return refused(`The model wants to change the same lines of ${file.path} in two ways; ask again.`)
  const placed = placedEdits(file, drafts)
  if (placed === null)
    return refused(`${file.path} was edited where the model wants to change it; ask again.`)
  const now = textLines(file.now)
  const edits = placed.map(edit => changeOf(now, edit))
  const after = changed(file.now, edits)
  const objection = objectionTo(file, after)
  if (objection !== null) return refused(objection)
  const unknown =
    file.language === null ? [] : unknownNames(file.now, after, file.language.lexicon, task.exists)
  return { kind: "landed", file: { path: file.path, isNew: false, edits, after, unknownNames: unknown } }
}

/** The edits of all drafts in the present text, sorted; null if one of them has lost its place. */
function placedEdits(file: ShownFile, drafts: readonly Draft[]): readonly LineEdit[] | null {
  const times = {
    asked: textLines(file.asked),
    now: textLines(file.now),
    declared: {
      asked: once(() => declaredIn(file.asked, file.parser)),
      now: once(() => declaredIn(file.now, file.parser)),
    },
  }
  const placed: LineEdit[] = []
  for (const { span, edits } of drafts) {
    const by = carried(times, span)
    if (by === null) return null
    placed.push(...edits.map(edit => ({ ...edit, from: edit.from + by, to: edit.to + by })))
  }
  return placed.sort((one, other) => one.from - other.from || one.to - other.to)
}

function once(find: () => readonly Declared[]): () => readonly Declared[] {
  let found: readonly Declared[] | null = null
  return () => {
    found ??= find()
    return found
  }
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
  const landed = files.flatMap(each =>
    each.kind === "landed" && each.file.edits.length > 0 ? [each.file] : [],
  )
  return landed.length > 0
    ? { kind: "landed", files: landed }
    : refused("The model would change nothing here.")
}

/** The lines of a target. */
export function spanOf(file: ShownFile, target: Target): LineSpan {
  const { starts } = textLines(file.asked)
  const lineAt = (offset: number): number => starts.findLastIndex(start => start <= offset)
  return { from: lineAt(target.start), to: lineAt(target.end) + 1 }
}
