import { draftRewrite, literalsOf, refused } from "./draft.ts"
import { landDrafts, spanOf, together } from "./land-drafts.ts"
import type { Landing, LandingTask } from "./landing.ts"
import { type OpenFile, type OpenFiles, tooLarge } from "./open-files.ts"
import { readRewrites } from "./read-answer.ts"
import type { Target } from "./target.ts"
import { declaresAround, partsAsked } from "./wider-answer.ts"

/** Lands an answer that is the target, rewritten. It must still be the target: what declares another name is not. */
export async function landRewrite(answer: string, task: LandingTask, files: OpenFiles): Promise<Landing> {
  const { target } = task
  const [shown] = task.files
  if (target === null) return refused("There is nothing here to rewrite; put the cursor into some code.")
  const forbidden = task.refusal(shown.path)
  if (forbidden !== null) return refused(`${shown.path} is left as it is: ${forbidden}.`)
  const read = readRewrites(task.restore(answer, shown.path))
  if (read.kind === "refused") return read
  const { codes, fenced } = read.value
  // Without a fence anything is code to a lenient grammar, so it must at least declare what was asked about.
  if (!fenced && target.name === null) return refused("The model answered without code; ask again.")
  const file = await files.open(shown)
  if (file.kind === "refused") return file
  const landings: Landing[] = []
  for (const code of codes) landings.push(await landCode(code, target, file, task))
  return onlyOne(landings)
}

/** What all versions that land come to, if that is the same. */
function onlyOne(landings: readonly Landing[]): Landing {
  const landed = landings.filter(landing => landing.kind === "landed")
  const [first] = landed
  if (first === undefined) return landings[0]!
  const isOne = landed.every(each => each.files[0]?.after === first.files[0]?.after)
  return isOne ? first : refused("The model answered with more than one version; ask again.")
}

/** Lands code as what it is, or as the part of it that is the target amid the code around it. */
async function landCode(
  code: readonly string[],
  target: Target,
  file: OpenFile,
  task: LandingTask,
): Promise<Landing> {
  if (code.length === 0) return refused("The model answered nothing; ask again.")
  const rewritten = task.mayRename ? null : target
  const span = spanOf(file, target)
  const { parts, mayBeWhole } = partsAsked(code, file.asked.searched.squeezed, span)
  const alone = await file.reader.readAlone(code.join("\n"))
  if (alone === null) return tooLarge(file.path)
  const isWhole = mayBeWhole && !declaresAround(alone, file.asked, target)
  const literals = literalsOf(alone, { from: 0, to: code.length })
  const landings: Landing[] = []
  for (const part of isWhole ? [code, ...parts] : parts) {
    const drafted = draftRewrite(file, span, part, literals)
    const landed =
      drafted.kind === "refused" ? drafted : await landDrafts(file, [drafted.draft], task, rewritten)
    landings.push(together([landed]))
  }
  return isWhole || landings.some(each => each.kind === "landed")
    ? onlyOne(landings)
    : refused("The model answered with more than it was asked for; ask again.")
}
