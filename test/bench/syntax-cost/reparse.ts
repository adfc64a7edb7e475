import { join } from "node:path"
import { LineIndex } from "../../../server/base/line-index.ts"
import { strictLog } from "../../../server/base/log.ts"
import { applyChange, type TextChange } from "../../../server/base/text-change.ts"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { DocumentTree } from "../../../server/syntax/document-tree.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { MIDDLE_PROJECT } from "../corpus/packages.ts"
import { readReleases } from "../corpus/projects.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32, pickBelow, type Random } from "../random.ts"
import { quantile, rounded, tableLines } from "../table.ts"

const LINES = 10_000
const KEYS = 1000
const WARM_UP_KEYS = 50
const SEED = 21
/** Keys typed in one place before the cursor moves elsewhere. */
const KEYS_PER_PLACE = 10

/** One key in a file of 10,000 lines: line index, reparse, and the symbols of what changed. */
export const reparseBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const sources = readReleases(world.corpus, MIDDLE_PROJECT).filter(({ path }) => path.endsWith(".ts"))
  let text = wholeFiles(sources)
  let lines = LineIndex.of(text)
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const parser = parsers.parserFor(benchLanguages(world.repository).byName("typescript")!)!
  const tree = new DocumentTree(parser, text)
  while (tree.facts(lines) === null) await yieldToLoop()
  const random = mulberry32(SEED)
  const [letters, brackets]: [number[], number[]] = [[], []]
  let late = 0
  let place = 0
  for (let key = 0; key < KEYS + WARM_UP_KEYS; key++) {
    place = key % KEYS_PER_PLACE === 0 ? insideName(text, random) : place + 1
    const change: TextChange = { start: place, end: place, text: keyAt(key) }
    const after = applyChange(text, change)
    const start = performance.now()
    tree.edit(change, after)
    lines = lines.edited(change, after)
    while (tree.facts(lines) === null) late++
    const ms = performance.now() - start
    if (key >= WARM_UP_KEYS) (/\w/.test(change.text) ? letters : brackets).push(ms)
    text = after
    if (key % KEYS_PER_PLACE === KEYS_PER_PLACE - 1) {
      // Broken places left behind would add up to a file that nobody has.
      const back = { start: place + 1 - KEYS_PER_PLACE, end: place + 1, text: "" }
      text = applyChange(text, back)
      lines = lines.edited(back, text)
      tree.edit(back, text)
      while (tree.facts(lines) === null) await yieldToLoop()
    }
    await yieldToLoop()
  }
  tree.release()
  const times = [...letters, ...brackets]
  const figures = {
    lines: lines.count,
    p50Ms: rounded(quantile(times, 0.5)),
    p99Ms: rounded(quantile(times, 0.99)),
    maxMs: rounded(Math.max(...times)),
    letterP99Ms: rounded(quantile(letters, 0.99)),
    bracketP50Ms: rounded(quantile(brackets, 0.5)),
    bracketP99Ms: rounded(quantile(brackets, 0.99)),
    furtherSlices: late,
  }
  for (const line of tableLines(Object.keys(figures), [Object.values(figures).map(String)])) world.say(line)
  return figures
}

/** As many whole files, one behind the other, as it takes to reach the wanted lines: code that is cut off would not parse. */
function wholeFiles(sources: readonly SourceFile[]): string {
  const parts: string[] = []
  let lines = 0
  for (const { text } of sources) {
    if (lines >= LINES) break
    parts.push(text)
    lines += text.split("\n").length
  }
  return parts.join("\n")
}

/** An offset behind the first letter of some name. */
function insideName(text: string, random: Random): number {
  const from = pickBelow(random, text.length)
  const name = /[a-z]\w{3,}/g
  name.lastIndex = from
  const found = name.exec(text)
  return found === null ? insideName(text, random) : found.index + 1
}

/** Eight letters, then a call's two brackets: the code around is broken for one key. */
function keyAt(key: number): string {
  return "abcdefgh()"[key % KEYS_PER_PLACE]!
}
