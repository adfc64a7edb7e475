import { draftRewrite, refused } from "./draft.ts"
import { landDrafts, spanOf, together } from "./land-drafts.ts"
import type { Landing, LandingTask, ShownFile } from "./landing.ts"
import { declaredIn } from "./outline.ts"
import { readRewrites } from "./read-answer.ts"
import type { Target } from "./target.ts"

/** Lands an answer that is the target, rewritten. It must still be the target: what declares another name is not. */
export function landRewrite(answer: string, task: LandingTask): Landing {
  const { target, files } = task
  if (target === null) return refused("There is nothing here to rewrite; put the cursor into some code.")
  const forbidden = task.refusal(files[0].path)
  if (forbidden !== null) return refused(`${files[0].path} is left as it is: ${forbidden}.`)
  const read = readRewrites(task.restore(answer, files[0].path))
  if (read.kind === "refused") return read
  const { codes, fenced } = read.value
  // Without a fence anything is code to a lenient grammar, so it must at least declare what was asked about.
  if (!fenced && target.name === null) return refused("The model answered without code; ask again.")
  return onlyOne(codes.map(code => landCode(code, target, task)))
}

/** What all versions that land come to, if that is the same. */
function onlyOne(landings: readonly Landing[]): Landing {
  const landed = landings.filter(landing => landing.kind === "landed")
  const [first] = landed
  if (first === undefined) return landings[0]!
  const isOne = landed.every(each => each.files[0]?.after === first.files[0]?.after)
  return isOne ? first : refused("The model answered with more than one version; ask again.")
}

function landCode(code: readonly string[], target: Target, task: LandingTask): Landing {
  const [file] = task.files
  if (code.length === 0) return refused("The model answered nothing; ask again.")
  const drafted = draftRewrite(file, spanOf(file, target), code)
  if (drafted.kind === "refused") return drafted
  const landed = landDrafts(file, [drafted.draft], task)
  if (landed.kind === "refused" || target.name === null || task.mayRename) return together([landed])
  return declares(landed.file.after, target.name, file)
    ? together([landed])
    : refused(`The model answered with something other than ${target.name}; ask again.`)
}

/** Whether a text declares the name as often as the present one does. */
function declares(after: string, name: string, file: ShownFile): boolean {
  const count = (text: string): number =>
    declaredIn(text, file.parser).filter(each => each.name === name).length
  return count(after) >= count(file.now)
}
