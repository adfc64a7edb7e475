import { TimeSlice } from "../../../base/time-slice.ts"
import type { Block } from "./answer.ts"
import { type Draft, draftBlock, type Refused, refused } from "./draft.ts"
import { type LandedOne, landDrafts, spanOf, together } from "./land-drafts.ts"
import { landNewFile } from "./land-new-file.ts"
import type { Landing, LandingTask, ShownFile } from "./landing.ts"
import type { LineSpan } from "./locate.ts"
import type { OpenFile, OpenFiles } from "./open-files.ts"
import { pathInside } from "./paths.ts"
import { linesOf, readBlocks } from "./read-answer.ts"

/** Longest stretch of finding places, ms. */
const SLICE_MS = 4

/** Lands an answer of blocks: all of them, or none. */
export async function landBlocks(answer: string, task: LandingTask, files: OpenFiles): Promise<Landing> {
  const read = readBlocks(answer)
  if (read.kind === "refused") return read
  const drafts = new BlockDrafts(task, files)
  const slice = new TimeSlice(SLICE_MS)
  for (const block of read.value) {
    if (slice.due()) await slice.pause()
    const complaint = await drafts.take(block)
    if (complaint !== null) return complaint
  }
  const landed: LandedOne[] = []
  for (const [file, all] of drafts.known) landed.push(await landDrafts(file, all, task))
  for (const [path, lines] of drafts.made) landed.push(await landNewFile(path, lines, task))
  return together(landed)
}

/** What the blocks of an answer come to, file by file. */
class BlockDrafts {
  readonly #task: LandingTask
  readonly #files: OpenFiles
  readonly known = new Map<OpenFile, Draft[]>()
  readonly made = new Map<string, readonly string[]>()

  constructor(task: LandingTask, files: OpenFiles) {
    this.#task = task
    this.#files = files
  }

  /** Notes what a block comes to, or says why it comes to nothing. */
  async take(block: Block): Promise<Refused | null> {
    const path = this.#pathOf(block)
    if (path === null) return refused(pathComplaint(block))
    const forbidden = this.#task.refusal(path)
    if (forbidden !== null) return refused(`${path} is left as it is: ${forbidden}.`)
    const restored = this.#restored(block, path)
    const file = this.#task.files.find(each => each.path === path)
    return file === undefined ? this.#takeNew(restored, path) : this.#takeKnown(restored, file)
  }

  #takeNew(block: Block, path: string): Refused | null {
    if (block.search.length > 0)
      return refused(`The model wants to change ${path}, which it was not shown; open it and ask again.`)
    if (this.made.has(path)) return refused(`The model wants to make ${path} twice; ask again.`)
    this.made.set(path, block.replace)
    return null
  }

  async #takeKnown(block: Block, shown: ShownFile): Promise<Refused | null> {
    const file = await this.#files.open(shown)
    if (file.kind === "refused") return file
    const drafted = await draftBlock(file, block, this.#symbolIn(file, shown))
    if (drafted.kind === "refused") return drafted
    this.known.set(file, [...(this.known.get(file) ?? []), drafted.draft])
    return null
  }

  /** Where a block belongs; null if it can't be told, or is no path within the workspace. */
  #pathOf(block: Block): string | null {
    if (block.path !== null) return pathInside(block.path)
    const { files } = this.#task
    return files.length === 1 ? files[0].path : null
  }

  /** A block with the file's secrets, which may be of several lines, in place of their placeholders. */
  #restored(block: Block, path: string): Block {
    const restored = (lines: readonly string[]): readonly string[] =>
      lines.length === 0 ? lines : linesOf(this.#task.restore(lines.join("\n"), path))
    return { ...block, search: restored(block.search), replace: restored(block.replace) }
  }

  /** The target, in the file that holds it. */
  #symbolIn(file: OpenFile, shown: ShownFile): LineSpan | null {
    const { target, files } = this.#task
    return target !== null && shown === files[0] ? spanOf(file, target) : null
  }
}

function pathComplaint({ path }: Block): string {
  if (path === null) return "The model did not say which file it wants to change; ask again."
  return `The model wants to change ${path}, which is no file of this workspace; nothing was changed.`
}
