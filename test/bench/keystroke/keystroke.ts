import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { runChild } from "../child.ts"
import { MANY_FILES } from "../corpus/packages.ts"
import { reparseBench } from "../syntax-cost/reparse.ts"
import { quantile, rounded, tableLines } from "../table.ts"
import { KEYSTROKE_CHILD, type TypingCost, type TypingOrder } from "./keystroke-child.ts"

/** The release that is typed in, of about 10,000 lines: the small project, and a part of the large one. */
const TYPED: readonly string[] = ["@trpc/server@11.19.0"]
const LINES = 80

/**
 * From an edit to a context of 4k tokens, in a project of a million lines and, the same edits, in one of ten thousand. Each
 * is typed in by a process of its own, key by key; the editor's pauses are as short as the product lets them be.
 */
export const keystrokeBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({ args: [...world.args], options: { lines: { type: "string" } } })
  const lines = Number(values.lines ?? LINES)
  const small = await typeIn({ project: TYPED, typed: TYPED, lines })
  const large = await typeIn({ project: MANY_FILES, typed: TYPED, lines })
  const rows = [small, large].map(cost => [
    `${cost.lines} lines`,
    String(cost.keys.length),
    cost.tokens.toFixed(0),
    ...[0.5, 0.9, 0.99, 1].map(share => quantile(keyMs(cost), share).toFixed(2)),
    ...[0.5, 0.99].map(share => quantile(keyCpuMs(cost), share).toFixed(2)),
    cost.stallP99Ms.toFixed(1),
    cost.stallMaxMs.toFixed(1),
  ])
  const head = ["ms per key", "keys", "tokens", "p50", "p90", "p99", "max", "cpu p50", "cpu p99"]
  for (const line of tableLines([...head, "stall p99", "stall max"], rows)) world.say(line)
  world.say("\none key in a file of 10,000 lines:")
  const reparse = await reparseBench({ ...world, args: [] })
  const figures = (cost: TypingCost): Figures => ({
    p50Ms: rounded(quantile(keyMs(cost), 0.5)),
    p99Ms: rounded(quantile(keyMs(cost), 0.99)),
    p50CpuMs: rounded(quantile(keyCpuMs(cost), 0.5)),
    p99CpuMs: rounded(quantile(keyCpuMs(cost), 0.99)),
    stallP99Ms: rounded(cost.stallP99Ms),
    stallMaxMs: rounded(cost.stallMaxMs),
    lines: cost.lines,
    keys: cost.keys.length,
  })
  const ratio = (times: (cost: TypingCost) => number[]): number =>
    rounded(quantile(times(large), 0.5) / quantile(times(small), 0.5))
  return {
    ...figures(large),
    p50RatioLargeToSmall: ratio(keyMs),
    p50CpuRatioLargeToSmall: ratio(keyCpuMs),
    bigFileReparseP99Ms: reparse["p99Ms"]!,
    small: figures(small),
  }
}

function keyMs({ keys }: TypingCost): number[] {
  return keys.map(({ ms }) => ms)
}

function keyCpuMs({ keys }: TypingCost): number[] {
  return keys.map(({ cpuMs }) => cpuMs)
}

async function typeIn(order: TypingOrder): Promise<TypingCost> {
  return (await runChild(KEYSTROKE_CHILD, [], [JSON.stringify(order)])) as TypingCost
}
