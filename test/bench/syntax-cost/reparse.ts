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
/** Eight letters, then a pair that breaks the code around for one key, each pair in every fourth place. */
const KEY_TEXTS = ["abcdefgh()", "abcdefgh{}", "abcdefgh[]", "abcdefgh``"]

/**
 * One key in a file of 10,000 lines: line index, reparse, and the symbols of what changed. `p50Ms`, `p99Ms` and those of
 * letters and brackets are the time from the key until `DocumentTree` gave facts in which the statement around the key was
 * read again: final ones, or provisional ones from a parse of that statement. `settled…Ms` is the time until the facts of
 * the whole file were final. Both add up all stretches up to then; the turns that the event loop takes between them are
 * not counted. `stretch…Ms` is the longest stretch of the main thread that a key led to. No key is left out.
 */
export const reparseBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const sources = readReleases(world.corpus, MIDDLE_PROJECT).filter(({ path }) => path.endsWith(".ts"))
  const parsers = createNativeParsers(packageLoader([join(world.repository, "grammars")]), strictLog())
  const language = benchLanguages(world.repository).byName("typescript")!
  const file = new TypedFile(() => parsers.parserFor(language)!, wholeFiles(sources))
  const keys = await typeKeys(file)
  const letters = keys.filter(({ text }) => /\w/.test(text))
  const brackets = keys.filter(({ text }) => !/\w/.test(text))
  const factsMs = (key: KeyCost): number => key.factsMs
  const figures = {
    lines: file.lines.count,
    p50Ms: rounded(quantile(keys.map(factsMs), 0.5)),
    p99Ms: p99(keys, factsMs),
    maxMs: rounded(Math.max(...keys.map(factsMs))),
    letterP99Ms: p99(letters, factsMs),
    bracketP50Ms: rounded(quantile(brackets.map(factsMs), 0.5)),
    bracketP99Ms: p99(brackets, factsMs),
    settledP99Ms: p99(keys, key => key.settledMs),
    stretchP99Ms: p99(keys, key => key.stretchMs),
    stretchMaxMs: rounded(Math.max(...keys.map(key => key.stretchMs))),
    provisional: keys.filter(({ factsMs, settledMs }) => factsMs < settledMs).length,
    furtherSlices: keys.reduce((sum, { furtherSlices }) => sum + furtherSlices, 0),
  }
  for (const line of tableLines(Object.keys(figures), [Object.values(figures).map(String)])) world.say(line)
  return figures
}

/** What one key cost. */
interface KeyCost {
  readonly text: string
  /** Until the symbols of what changed were read. */
  readonly factsMs: number
  /** Until the whole file was parsed. */
  readonly settledMs: number
  /** The longest that the main thread was busy in one turn. */
  readonly stretchMs: number
  /** Stretches beyond the first. */
  readonly furtherSlices: number
}

async function typeKeys(file: TypedFile): Promise<readonly KeyCost[]> {
  const random = mulberry32(SEED)
  const keys: KeyCost[] = []
  for (let key = 0; key < KEYS + WARM_UP_KEYS; key += KEYS_PER_PLACE) {
    const place = insideName(file.text, random)
    const texts = KEY_TEXTS[(key / KEYS_PER_PLACE) % KEY_TEXTS.length]!
    for (let at = 0; at < KEYS_PER_PLACE; at++) {
      const cost = await file.apply({ start: place + at, end: place + at, text: texts[at]! })
      if (key >= WARM_UP_KEYS) keys.push(cost)
      await yieldToLoop()
    }
    // Broken places left behind would add up to a file that nobody has.
    await file.apply({ start: place, end: place + KEYS_PER_PLACE, text: "" })
    await yieldToLoop()
  }
  return keys
}

function p99(keys: readonly KeyCost[], msOf: (key: KeyCost) => number): number {
  return rounded(quantile(keys.map(msOf), 0.99))
}

/** A file that is typed in, with its tree. */
class TypedFile {
  text: string
  lines: LineIndex
  readonly #tree: DocumentTree
  /** Whether a section was read on its own since the last change. */
  #hasReadSection = false

  constructor(newParser: () => Parser, text: string) {
    this.text = text
    this.lines = LineIndex.of(text)
    const sections = newParser()
    const watched: Parser = {
      parse: (section, previous, budgetMs) => {
        const tree = sections.parse(section, previous, budgetMs)
        this.#hasReadSection ||= tree !== null
        return tree
      },
    }
    this.#tree = new DocumentTree(newParser(), watched, text)
    while (this.#tree.isPending) this.#tree.facts(this.lines)
  }

  /** Makes one change and parses until nothing is pending, a stretch per turn of the event loop. */
  async apply(change: TextChange): Promise<KeyCost> {
    const after = applyChange(this.text, change)
    this.#hasReadSection = false
    const stretches = [timed(() => this.#follow(change, after))]
    let settledMs = stretches[0]!
    let factsMs = this.#hasReadSection ? settledMs : null
    while (this.#tree.isPending) {
      await yieldToLoop()
      stretches.push(timed(() => this.#tree.facts(this.lines)))
      settledMs += stretches.at(-1)!
      if (this.#hasReadSection) factsMs ??= settledMs
    }
    return {
      text: change.text,
      factsMs: factsMs ?? settledMs,
      settledMs,
      stretchMs: Math.max(...stretches),
      furtherSlices: stretches.length - 1,
    }
  }

  #follow(change: TextChange, after: string): void {
    this.#tree.edit(change, after)
    this.lines = this.lines.edited(change, after)
    this.text = after
    this.#tree.facts(this.lines)
  }
}

function timed(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
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
