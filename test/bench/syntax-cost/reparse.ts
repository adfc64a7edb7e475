import { join } from "node:path"
import { LineIndex } from "../../../server/base/line-index.ts"
import { strictLog } from "../../../server/base/log.ts"
import { applyChange, type TextChange } from "../../../server/base/text-change.ts"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { DocumentTree } from "../../../server/syntax/document-tree.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import type { Parser } from "../../../server/syntax/parser.ts"
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
/** Eight letters, then a call's two brackets: the code around is broken for one key. */
const KEY_TEXTS = "abcdefgh()"

/** One key in a file of 10,000 lines: line index, reparse, and the symbols of what changed. */
export const reparseBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const sources = readReleases(world.corpus, MIDDLE_PROJECT).filter(({ path }) => path.endsWith(".ts"))
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const parser = parsers.parserFor(benchLanguages(world.repository).byName("typescript")!)!
  const file = new TypedFile(parser, wholeFiles(sources))
  const random = mulberry32(SEED)
  const [letters, brackets]: [number[], number[]] = [[], []]
  for (let key = 0; key < KEYS + WARM_UP_KEYS; key += KEYS_PER_PLACE) {
    const place = insideName(file.text, random)
    for (let at = 0; at < KEYS_PER_PLACE; at++) {
      const text = KEY_TEXTS[at]!
      const ms = file.apply({ start: place + at, end: place + at, text })
      if (key >= WARM_UP_KEYS) (/\w/.test(text) ? letters : brackets).push(ms)
      await yieldToLoop()
    }
    // Broken places left behind would add up to a file that nobody has.
    file.apply({ start: place, end: place + KEYS_PER_PLACE, text: "" })
    await yieldToLoop()
  }
  const times = [...letters, ...brackets]
  const figures = {
    lines: file.lines.count,
    p50Ms: rounded(quantile(times, 0.5)),
    p99Ms: rounded(quantile(times, 0.99)),
    maxMs: rounded(Math.max(...times)),
    letterP99Ms: rounded(quantile(letters, 0.99)),
    bracketP50Ms: rounded(quantile(brackets, 0.5)),
    bracketP99Ms: rounded(quantile(brackets, 0.99)),
    furtherSlices: file.furtherSlices,
  }
  for (const line of tableLines(Object.keys(figures), [Object.values(figures).map(String)])) world.say(line)
  return figures
}

/** A file that is typed in, with its tree. */
class TypedFile {
  text: string
  lines: LineIndex
  /** Stretches of parsing beyond the first of each change. */
  furtherSlices = 0
  readonly #tree: DocumentTree

  constructor(parser: Parser, text: string) {
    this.text = text
    this.lines = LineIndex.of(text)
    this.#tree = new DocumentTree(parser, text)
    this.#settle()
  }

  /** Makes one change; gives the milliseconds until the symbols are right again. */
  apply(change: TextChange): number {
    const after = applyChange(this.text, change)
    const start = performance.now()
    this.#tree.edit(change, after)
    this.lines = this.lines.edited(change, after)
    this.text = after
    this.furtherSlices += this.#settle()
    return performance.now() - start
  }

  #settle(): number {
    let further = 0
    while (this.#tree.facts(this.lines) === null) further++
    return further
  }
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
