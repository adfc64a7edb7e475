import { landBlocks } from "./land-blocks.ts"
import { landRewrite } from "./land-rewrite.ts"
import type { Landing, LandingTask } from "./landing.ts"
import { OpenFiles } from "./open-files.ts"
import { unreadable } from "./read-answer.ts"

/**
 * Brings a model's answer into the files as they stand now: found by what it says, reduced to the lines that differ, and
 * checked. It lands as a whole or not at all, and never in a place that could be another one.
 * Works in stretches of a few ms. Of a file whose tree is known only what changes is parsed, and a file that can't be parsed
 * in half a second is left as it is. Never rejects.
 */
export async function landAnswer(answer: string, task: LandingTask): Promise<Landing> {
  const reason = unreadable(answer)
  if (reason !== null) return { kind: "refused", reason }
  const files = new OpenFiles(task.files)
  try {
    return await (task.form === "rewrite"
      ? landRewrite(answer, task, files)
      : landBlocks(answer, task, files))
  } finally {
    files.release()
  }
}
