import type { BenchWorld, Figures } from "../bench.ts"
import { runChild } from "../child.ts"
import { rounded, tableLines } from "../table.ts"

/** What the engine costs on at least 20 MB of sources. */
export interface AnswerCost {
  readonly sourceMB: number
  readonly files: number
  readonly answerP50Ms: number
  readonly answerP99Ms: number
  /** Opening a document that the project knows, until its first answer. */
  readonly openP50Ms: number
  readonly openP99Ms: number
  /** Lexing and sorting together, on one thread. */
  readonly buildMBs: number
  readonly bytesPerSourceByte: number
}

/** The argument that makes the bench's own bundle measure costs in a process of its own. */
export const COST_CHILD = "embedded-cost"

/** Measures in a fresh process, where memory can be told apart and nothing else is held. */
export async function answerCost(world: BenchWorld): Promise<Figures> {
  const cost = (await runChild(COST_CHILD, ["--expose-gc"])) as AnswerCost
  const figures = Object.fromEntries(Object.entries(cost).map(([key, value]) => [key, rounded(value)]))
  world.say(`\nCost on ${figures["sourceMB"]} MB of sources, ${figures["files"]} files`)
  for (const line of tableLines(Object.keys(figures), [Object.values(figures).map(String)])) world.say(line)
  return figures
}
