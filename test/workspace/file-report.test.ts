import { utimesSync } from "node:fs"
import { createRequire } from "node:module"
import { describe, expect, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import { createNativeParsers } from "../../server/syntax/native-parser.ts"
import type { Parser } from "../../server/syntax/parser.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../server/syntax/symbols.ts"
import { PACK_SHIFT } from "../../server/syntax/token-pack.ts"
import { FileReporter } from "../../server/workspace/file-report.ts"
import { EVERYTHING, Wants } from "../../server/workspace/parse-messages.ts"
import type { FileReport } from "../../server/workspace/shard-codec.ts"
import { languages } from "../syntax/parsing.ts"
import { TempProject } from "./temp-project.ts"

const SOURCE = "import { b } from './b'\nexport class Box { size() { return b } }\n"

/** A reporter on one folder, and its words so far. */
class Child {
  readonly project = new TempProject()
  readonly words: string[] = []
  readonly #reporter = new FileReporter(
    languages,
    createNativeParsers(createRequire(import.meta.url), strictLog()),
    message => {
      throw new Error(message)
    },
  )

  /** What one file gives; of a content with the hash `known`, what `wants` says, of any other what `anew` says. */
  read(relative: string, wants: number, known = "", anew: number = wants): FileReport {
    this.#reporter.add({ path: this.project.path(relative), hash: known, wants, anew })
    const { firstWord, words, reports } = this.#reporter.finish()
    expect(firstWord).toBe(this.words.length)
    this.words.push(...words)
    return reports[0]!
  }

  names({ facts }: FileReport): string[] {
    const rows = Array.from({ length: facts!.symbols.length / SYMBOL_STRIDE }, (_, row) => row)
    return rows.map(row => this.words[facts!.symbols[row * SYMBOL_STRIDE + SymbolColumn.name]!]!)
  }

  wordsOf({ facts }: FileReport): string[] {
    return [...facts!.words!].map(id => this.words[id]!)
  }
}

function childWith(text: string): Child {
  const child = new Child()
  child.project.write("a.ts", text)
  return child
}

describe("of a file,", () => {
  test("words and rough declarations are found without parsing", () => {
    const child = childWith(SOURCE)
    const report = child.read("a.ts", Wants.words)
    expect(child.wordsOf(report)).toEqual(["b", "Box", "size"])
    expect(child.names(report)).toEqual(["Box"])
    expect(report).toMatchObject({
      outcome: "facts",
      tokens: null,
      facts: { rough: true, imports: [], lines: 3 },
    })
  })

  test("facts are found by parsing, and words that are known are not told again", () => {
    const child = childWith(SOURCE)
    const { hash } = child.read("a.ts", Wants.words).facts!
    const report = child.read("a.ts", Wants.facts, hash)
    expect(report.facts).toMatchObject({ rough: false, words: null, imports: [{ source: "./b" }] })
    expect(child.names(report)).toEqual(["Box", "size"])
  })

  test("tokens alone are told of a content whose facts are known", () => {
    const child = childWith("a + 1\r\n")
    const { hash } = child.read("a.ts", Wants.words).facts!
    const report = child.read("a.ts", Wants.tokens, hash)
    expect(report).toMatchObject({ outcome: "same", facts: null })
    expect([...report.tokens!].map(token => child.words[token >> PACK_SHIFT])).toEqual(["a", "+", "1", "\n"])
  })

  test("nothing is told if all is known, and what is wanted anew if the content is another", () => {
    const child = childWith(SOURCE)
    const { hash } = child.read("a.ts", EVERYTHING).facts!
    expect(child.read("a.ts", 0, hash)).toMatchObject({ outcome: "same", facts: null, tokens: null })
    child.project.write("a.ts", "let other")
    const report = child.read("a.ts", 0, hash, Wants.facts)
    expect(child.wordsOf(report)).toEqual(["other"])
    expect(report).toMatchObject({ facts: { rough: false }, tokens: null })
  })

  test("the time of its last change is told, also if all else is known", () => {
    const child = childWith(SOURCE)
    utimesSync(child.project.path("a.ts"), 1, 12.3456)
    const report = child.read("a.ts", Wants.words)
    expect(report.mtimeMs).toBe(12_345)
    expect(child.read("a.ts", 0, report.facts!.hash).mtimeMs).toBe(12_345)
  })

  test("made by a tool, no tokens are learnt", () => {
    const child = childWith(`// @generated\n${SOURCE}`)
    expect(child.read("a.ts", EVERYTHING).tokens).toEqual(new Int32Array())
  })
})

test("names that mean something to JavaScript, and names of any script, are names like others", () => {
  const child = childWith("let __proto__ = 1, constructor = 2\nclass hasOwnProperty {}\nfunction 变量() {}\n")
  for (const wants of [Wants.words, Wants.facts]) {
    expect(child.names(child.read("a.ts", wants))).toEqual(
      expect.arrayContaining(["__proto__", "hasOwnProperty", "变量"]),
    )
  }
})

test("a file that is too long to be parsed gives its rough declarations for good", () => {
  const body = `  // ${"long ".repeat(20)}\n`
  const functions = Array.from({ length: 12_000 }, (_, at) => `export function f${at}() {\n${body}}\n`)
  const child = childWith(functions.join(""))
  const report = child.read("a.ts", EVERYTHING)
  expect(report.facts!.rough).toBe(false)
  expect(child.names(report)).toHaveLength(12_000)
})

test("a file that takes too long to parse gives its rough declarations, and says so", () => {
  const slow: Parser = { parse: () => null }
  const reporter = new FileReporter(languages, { parserFor: () => slow }, () => {})
  const path = new TempProject().write("a.ts", SOURCE)
  reporter.add({ path, hash: "", wants: EVERYTHING, anew: EVERYTHING })
  reporter.add({ path, hash: "", wants: Wants.words, anew: Wants.words })
  const { reports } = reporter.finish()
  expect(reports.map(({ outcome, facts }) => [outcome, facts?.rough, facts?.symbols.length])).toEqual([
    ["unparsed", true, SYMBOL_STRIDE],
    ["facts", true, SYMBOL_STRIDE],
  ])
})

test("a file of 3 MB with 100,000 symbols gives its words and the first of its declarations, and is not learnt", () => {
  const child = childWith(
    Array.from({ length: 100_000 }, (_, at) => `export const some${at} = ${at}\n`).join(""),
  )
  const report = child.read("a.ts", EVERYTHING)
  expect(report).toMatchObject({ outcome: "facts", facts: { rough: false, lines: 100_001 } })
  expect(child.wordsOf(report)).toHaveLength(100_000)
  expect(child.names(report)).toHaveLength(20_000)
  expect(child.names(report).at(-1)).toBe("some19999")
  expect(report.facts!.signatures.split("\n").at(-1)).toBe("export const some19999 = 19999")
  expect(report.tokens).toHaveLength(0)
})

test("a file beyond what is read is left out", () => {
  const child = childWith(`${SOURCE}\n`.repeat(70_000))
  child.project.write("data.json", `[${"1,\n".repeat(800_000)}1]`)
  expect(child.read("a.ts", EVERYTHING)).toMatchObject({ outcome: "none", facts: null })
  expect(child.read("data.json", EVERYTHING)).toMatchObject({ outcome: "none", facts: null })
})

test("a dictionary that is full is followed by another", () => {
  const child = new Child()
  const reporter = new FileReporter(languages, { parserFor: () => null }, () => {})
  const batches = [0, 1, 2].map(file => {
    const names = Array.from({ length: 140_000 }, (_, at) => `w${file}_${at}\n`)
    reporter.add({ path: child.project.write(`${file}.ts`, names.join("")), hash: "", wants: 1, anew: 1 })
    const { dictionary, firstWord, words, reports } = reporter.finish()
    const first = reports[0]!.facts!.words![0]! - firstWord
    return { dictionary, isFirst: firstWord === 0, word: words[first] }
  })
  expect(batches).toEqual([
    { dictionary: 0, isFirst: true, word: "w0_0" },
    { dictionary: 0, isFirst: false, word: "w1_0" },
    { dictionary: 1, isFirst: true, word: "w2_0" },
  ])
})
