import { readFileSync } from "node:fs"
import { join } from "node:path"
import { estimateTokens } from "../../../server/context/token-estimate.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { sendToParent } from "../child.ts"
import { LARGE_PROJECT } from "../corpus/packages.ts"
import { placeProject } from "../corpus/projects.ts"
import { pickTypedLines } from "../keystroke/typed-lines.ts"
import { stopwatch, type Taken } from "../stopwatch.ts"
import { ProductContext } from "./product-context.ts"

/** The argument that makes the bench's own bundle answer in a process of its own. */
export const COLD_CHILD = "context-cold"

/** What answers cost in a project of at least 20 MB that was just indexed, each at a place of its own in a file of its own. */
export interface ColdCost {
  /** Until the answer is there, with the texts read on the way; in the order asked. */
  readonly answers: readonly Taken[]
  readonly bytes: number
}

/** Releases of 22 MB together. */
const PROJECT = LARGE_PROJECT.slice(0, 5)
const ANSWERS = 200
/** Asked for before the clock counts: the server gathers one context of its own when the first document is opened. */
const OWN_ANSWERS = 1
const BUDGET = 4000
const SEED = 22

/** Asks for contexts all over a large project; nothing is asked twice, and nothing is read before it is wanted. */
export const coldChild: Bench = async (world: BenchWorld) => {
  const { folder, files, bytes } = placeProject(world.corpus, PROJECT)
  const context = await ProductContext.open(world.repository, folder)
  const { documents } = context
  const answers: Taken[] = []
  for (const { file, start } of pickTypedLines(files, OWN_ANSWERS + ANSWERS, SEED)) {
    const path = join(folder, files[file]!.path)
    const uri = uriOfPath(path)
    documents.open(uri, "", 1, readFileSync(path, "utf8"))
    await documents.settled()
    const taken = stopwatch()
    const place = {
      document: documents.get(uri)!,
      offset: start,
      budget: BUDGET,
      countTokens: estimateTokens,
    }
    await context.answer(place)
    answers.push(taken())
    documents.close(uri)
  }
  await context.dispose()
  sendToParent({ answers: answers.slice(OWN_ANSWERS), bytes } satisfies ColdCost)
  return {}
}
