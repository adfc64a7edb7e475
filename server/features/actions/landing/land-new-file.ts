import { freshPlaceholder } from "./check-file.ts"
import { CodeReader } from "./code-text.ts"
import { type Refused, refused, refusedElision } from "./draft.ts"
import type { LandedOne } from "./land-drafts.ts"
import type { LandingTask } from "./landing.ts"
import { tooLarge } from "./open-files.ts"
import { unknownCalls } from "./unknown-calls.ts"

/** A file that an answer makes, checked as one that it edits. */
export async function landNewFile(
  path: string,
  lines: readonly string[],
  task: LandingTask,
): Promise<LandedOne> {
  const after = `${lines.join("\n")}\n`
  const objection = objectionTo(path, lines, after)
  if (objection !== null) return objection
  const grammar = task.grammarFor(path)
  const reader = new CodeReader(grammar?.parser ?? null, null)
  const code = await reader.read(after)
  if (code === null) return tooLarge(path)
  const isBroken = code.tree?.hasErrors === true
  const edits = [{ start: 0, end: 0, text: after }]
  const span = { start: 0, end: after.length }
  const unknownNames = grammar?.language
    ? unknownCalls({ code, spanAfter: span }, edits, grammar.language.lexicon, task.exists)
    : []
  reader.release()
  if (isBroken) return refused(`The model's answer does not parse in ${path}; ask again.`)
  return { kind: "landed", file: { path, isNew: true, edits, after, unknownNames } }
}

function objectionTo(path: string, lines: readonly string[], text: string): Refused | null {
  if (lines.length === 0) return refused(`The model would make ${path} without a word in it; ask again.`)
  const placeholder = freshPlaceholder("", text)
  if (placeholder === null) return refusedElision(lines, () => false, path)
  return refused(
    `The model would write ${placeholder} into ${path}, which stands for a secret of another place; nothing was changed.`,
  )
}
