import { expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { packToken } from "../../server/syntax/token-pack.ts"
import { TokenKind } from "../../server/syntax/tokens.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import type { FileTokens } from "../../server/workspace/file-facts.ts"
import { ReportMerger } from "../../server/workspace/report-merger.ts"
import {
  encodeBatch,
  type FileReport,
  type ReportBatch,
  type ReportedFacts,
} from "../../server/workspace/shard-codec.ts"
import { bareName, namesOf, symbolRows } from "./symbol-facts.ts"

const NAMES = ["__proto__", "constructor", "toString", "变量", "naïve", "😀", "$"]

class Merging {
  readonly interner = new Interner()
  readonly store = new FactStore(this.interner)
  readonly tokens: FileTokens[] = []
  readonly merger = new ReportMerger({
    store: this.store,
    interner: this.interner,
    onTokens: batch => this.tokens.push(...batch),
    onReport: () => {},
  })

  merge(batch: ReportBatch, sender: object): Promise<void> {
    return this.merger.merge(encodeBatch(batch), sender)
  }
}

/** The report on a file that declares names, whose ids begin at `firstId`. */
function report(
  path: string,
  names: readonly string[],
  firstId: number,
  facts: Partial<ReportedFacts> = {},
): FileReport {
  const ids = Int32Array.from(names, (_, at) => firstId + at)
  return {
    path,
    outcome: "facts",
    mtimeMs: 1,
    tokens: null,
    facts: {
      language: "typescript",
      hash: "h",
      rough: false,
      bytes: 1,
      lines: 1,
      symbols: symbolRows(names, [...ids]),
      signatures: names.map(name => `sig ${bareName(name)}`).join("\n"),
      imports: [],
      words: ids,
      ...facts,
    },
  }
}

function batch(firstWord: number, words: readonly string[], ...reports: FileReport[]): ReportBatch {
  return { dictionary: 0, firstWord, words, reports }
}

test("names of any kind are found again after they crossed", async () => {
  const merging = new Merging()
  await merging.merge(batch(0, NAMES, report("/a", NAMES, 0)), {})
  for (const name of NAMES) {
    expect(namesOf(merging.store.exact(name, 9))).toEqual([name])
    expect(merging.store.filesWith(name, 9)).toEqual(["/a"])
  }
})

test("each child's ids are of its own dictionary, which goes on from batch to batch", async () => {
  const merging = new Merging()
  const [one, two] = [{}, {}]
  await merging.merge(batch(0, ["a", "b"], report("/1", ["a", "b"], 0)), one)
  await merging.merge(batch(0, ["b", "c"], report("/2", ["b", "c"], 0)), two)
  await merging.merge(batch(2, ["d"], report("/3", ["b", "d"], 1)), one)
  expect(merging.store.filesWith("b", 9)).toEqual(["/1", "/2", "/3"])
  expect(merging.store.filesWith("c", 9)).toEqual(["/2"])
  expect(namesOf(merging.store.inFile("/3"))).toEqual(["b", "d"])
  await merging.merge({ ...batch(0, ["e"], report("/4", ["e"], 0)), dictionary: 1 }, one)
  expect(namesOf(merging.store.inFile("/4"))).toEqual(["e"])
})

test("full facts take the place of rough ones, with the words known already", async () => {
  const merging = new Merging()
  const child = {}
  await merging.merge(
    batch(0, ["a", "b"], report("/1", ["a"], 0, { rough: true, words: Int32Array.of(1, 0) })),
    child,
  )
  expect(merging.store.isRough("/1")).toBe(true)
  await merging.merge(batch(2, [], report("/1", ["a", "b"], 0, { words: null })), child)
  expect(merging.store.isRough("/1")).toBe(false)
  expect(namesOf(merging.store.inFile("/1"))).toEqual(["a", "b"])
  expect(merging.store.filesWith("b", 9)).toEqual(["/1"])
})

test("facts without words are not taken for a file that changed or went meanwhile", async () => {
  const merging = new Merging()
  await merging.merge(batch(0, ["a"], report("/gone", ["a"], 0, { words: null })), {})
  expect(merging.store.has("/gone")).toBe(false)
  await merging.merge(batch(0, ["a"], report("/new", ["a"], 0, { hash: "new" })), {})
  await merging.merge(batch(0, ["b"], report("/new", ["b"], 0, { words: null, hash: "old" })), {})
  expect(namesOf(merging.store.inFile("/new"))).toEqual(["a"])
})

test("tokens come with the facts or after them, with shared ids", async () => {
  const merging = new Merging()
  const child = {}
  const tokens = Int32Array.of(
    packToken(1, true, TokenKind.identifier),
    packToken(0, false, TokenKind.keyword),
  )
  await merging.merge(batch(0, ["x", "y"], report("/1", ["x"], 0)), child)
  expect(merging.tokens).toEqual([])
  await merging.merge(batch(2, [], { path: "/1", outcome: "same", mtimeMs: 1, facts: null, tokens }), child)
  const [x, y] = [merging.interner.find("x"), merging.interner.find("y")]
  const shared = [packToken(y, true, TokenKind.identifier), packToken(x, false, TokenKind.keyword)]
  expect(merging.tokens.map(each => [each.path, [...each.tokens!]])).toEqual([["/1", shared]])
  await merging.merge(
    batch(2, [], { path: "/1", outcome: "same", mtimeMs: 1, facts: null, tokens: new Int32Array() }),
    child,
  )
  expect(merging.tokens.at(-1)).toEqual({ path: "/1", tokens: null })
})

test("batches are refused that are none, skip words or use words that never came", async () => {
  const good = batch(0, ["a"], report("/1", ["a"], 0))
  const { ints, text } = encodeBatch(good)
  const merging = new Merging()
  const refused: Promise<void>[] = [
    merging.merger.merge({ ints: ints.slice(0, -1), text }, {}),
    merging.merger.merge({ ints, text: "" }, {}),
    merging.merge({ ...good, firstWord: 1 }, {}),
    merging.merge(batch(0, ["a"], report("/1", ["a"], 5)), {}),
    merging.merge(batch(0, ["a"], report("/1", ["a"], -1)), {}),
  ]
  for (const each of refused) await expect(each).rejects.toThrow(RangeError)
  await merging.merge(good, {})
  expect([...merging.store.paths()]).toEqual(["/1"])
})
