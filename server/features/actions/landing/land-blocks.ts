import type { Block } from "./answer.ts"
import { type Draft, draftBlock, type Refused, refused } from "./draft.ts"
import { type LandedOne, landDrafts, spanOf, together } from "./land-drafts.ts"
import type { Landing, LandingTask, ShownFile } from "./landing.ts"
import type { LineSpan } from "./locate.ts"
import { pathInside } from "./paths.ts"
import { linesOf, readBlocks } from "./read-answer.ts"

/** What the blocks of an answer come to, file by file. */
interface Drafts {
  readonly known: Map<ShownFile, Draft[]>
  readonly made: Map<string, readonly string[]>
}

/** Lands an answer of blocks: all of them, or none. */
export function landBlocks(answer: string, task: LandingTask): Landing {
  const read = readBlocks(answer)
  if (read.kind === "refused") return read
  const drafts: Drafts = { known: new Map(), made: new Map() }
  for (const block of read.value) {
    const complaint = take(block, task, drafts)
    if (complaint !== null) return complaint
  }
  const known = Array.from(drafts.known, ([file, all]) => landDrafts(file, all, task))
  return together([...known, ...Array.from(drafts.made, ([path, lines]) => newFile(path, lines))])
}

/** Notes what a block comes to, or says why it comes to nothing. */
function take(block: Block, task: LandingTask, drafts: Drafts): Refused | null {
  const path = pathOf(block, task)
  if (path === null) return refused(pathComplaint(block))
  const forbidden = task.refusal(path)
  if (forbidden !== null) return refused(`${path} is left as it is: ${forbidden}.`)
  const restored = restoredBlock(block, path, task)
  const file = task.files.find(each => each.path === path)
  return file === undefined ? takeNew(restored, path, drafts) : takeKnown(restored, file, task, drafts)
}

function takeNew(block: Block, path: string, { made }: Drafts): Refused | null {
  if (block.search.length > 0)
    return refused(`The model wants to change ${path}, which it was not shown; open it and ask again.`)
  if (made.has(path)) return refused(`The model wants to make ${path} twice; ask again.`)
  made.set(path, block.replace)
  return null
}

function takeKnown(block: Block, file: ShownFile, task: LandingTask, { known }: Drafts): Refused | null {
  const drafted = draftBlock(file, block, symbolIn(file, task))
  if (drafted.kind === "refused") return drafted
  known.set(file, [...(known.get(file) ?? []), drafted.draft])
  return null
}

/** Where a block belongs; null if it can't be told, or is no path within the workspace. */
function pathOf(block: Block, { files }: LandingTask): string | null {
  if (block.path !== null) return pathInside(block.path)
  return files.length === 1 ? files[0].path : null
}

function pathComplaint({ path }: Block): string {
  if (path === null) return "The model did not say which file it wants to change; ask again."
  return `The model wants to change ${path}, which is no file of this workspace; nothing was changed.`
}

/** A block with the file's secrets, which may be of several lines, in place of their placeholders. */
function restoredBlock(block: Block, path: string, task: LandingTask): Block {
  const restored = (lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? lines : linesOf(task.restore(lines.join("\n"), path))
  return { ...block, search: restored(block.search), replace: restored(block.replace) }
}

/** The target, in the file that holds it. */
function symbolIn(file: ShownFile, { files, target }: LandingTask): LineSpan | null {
  return target !== null && file === files[0] ? spanOf(file, target) : null
}

function newFile(path: string, lines: readonly string[]): LandedOne {
  const text = `${lines.join("\n")}\n`
  const edits = [{ start: 0, end: 0, text }]
  return { kind: "landed", file: { path, isNew: true, edits, after: text, unknownNames: [] } }
}
