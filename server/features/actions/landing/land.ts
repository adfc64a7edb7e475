import { landBlocks } from "./land-blocks.ts"
import { landRewrite } from "./land-rewrite.ts"
import type { Landing, LandingTask } from "./landing.ts"
import { unreadable } from "./read-answer.ts"

/**
 * Brings a model's answer into the files as they stand now: found by what it says, reduced to the lines that differ, and
 * checked. It lands as a whole or not at all, and never in a place that could be another one.
 * Synchronous: it parses each file a few times, some ms per thousand lines.
 */
export function landAnswer(answer: string, task: LandingTask): Landing {
  const reason = unreadable(answer)
  if (reason !== null) return { kind: "refused", reason }
  return task.form === "rewrite" ? landRewrite(answer, task) : landBlocks(answer, task)
}
