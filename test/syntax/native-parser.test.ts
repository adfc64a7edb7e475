import { createRequire } from "node:module"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createLog, strictLog } from "../../server/base/log.ts"
import { extractFacts } from "../../server/syntax/facts.ts"
import { parseManifest } from "../../server/syntax/manifest.ts"
import { createNativeParsers } from "../../server/syntax/native-parser.ts"
import { languages, parserOf } from "./parsing.ts"

const require = createRequire(import.meta.url)

/** Loads what `packages` holds, the real packages otherwise, and gives the warnings of wanting a parser twice. */
function checkBroken(packages: Readonly<Record<string, unknown>>, parser: object): readonly string[] {
  const warnings: string[] = []
  const log = createLog((level, line) => warnings.push(level === "warn" ? line : `${level} ${line}`), "debug")
  const load = (name: string): unknown => {
    const found = name in packages ? packages[name] : require(name)
    if (found instanceof Error) throw found
    return found
  }
  const parsers = createNativeParsers(load, log)
  const language = parseManifest(
    { name: "toy", lexicon: {}, parser: { package: "tree-sitter-toy", version: "1.2.3", ...parser } },
    "toy",
  )
  expect(parsers.parserFor(language)).toBeNull()
  expect(parsers.parserFor(language)).toBeNull()
  return warnings
}

describe("a parser that can't be used costs one warning:", () => {
  test("a package that is broken", () => {
    const broken = new Error("Cannot find module 'its-part'\nRequire stack:\n- /here")
    expect(checkBroken({ "tree-sitter-toy": broken }, {})).toEqual([
      `toy is read as plain tokens: tree-sitter-toy 1.2.3 does not load (Cannot find module 'its-part'); "pilotlight grammars add toy" installs it`,
    ])
  })

  test("a package that should have come with the program", () => {
    expect(checkBroken({ "tree-sitter-toy": null }, { builtin: true })).toEqual([
      "toy is read as plain tokens: tree-sitter-toy 1.2.3 does not load (it is not installed)",
    ])
  })

  test("a package without the language", () => {
    expect(checkBroken({ "tree-sitter-toy": { other: {} } }, { export: "toy", builtin: true })).toEqual([
      "toy is read as plain tokens: tree-sitter-toy 1.2.3 does not load (it holds no language)",
    ])
  })

  test("a language object of something else", () => {
    expect(checkBroken({ "tree-sitter-toy": { language: {} } }, { builtin: true })).toEqual([
      "toy is read as plain tokens: tree-sitter-toy 1.2.3 does not load (Invalid language object)",
    ])
  })

  test("a grammar of an ABI for which the binding parses nothing", () => {
    class Binding {
      setLanguage(): void {}
      parse(): null {
        return null
      }
    }
    const packages = { "tree-sitter": Binding, "tree-sitter-toy": { language: {} } }
    expect(checkBroken(packages, { builtin: true })).toEqual([
      "toy is read as plain tokens: tree-sitter-toy 1.2.3 does not load (its grammar has an ABI that this program does not read)",
    ])
  })

  test("a binding that does not load", () => {
    const broken = new Error("GLIBCXX_3.4.31 not found")
    expect(checkBroken({ "tree-sitter": broken, "tree-sitter-toy": {} }, { builtin: true })).toEqual([
      "toy is read as plain tokens: tree-sitter-toy 1.2.3 does not load (GLIBCXX_3.4.31 not found)",
    ])
  })
})

test("a parser that the user may install costs one hint", () => {
  expect(checkBroken({ "tree-sitter-toy": null }, {})).toEqual([
    `info toy is read as plain tokens: its parser is not installed; "pilotlight grammars add toy" installs it`,
  ])
})

test("a language without a parser has none, without a word", () => {
  const load = (): unknown => {
    throw new Error("nothing is to be loaded")
  }
  const parsers = createNativeParsers(load, strictLog())
  expect(parsers.parserFor(parseManifest({ name: "toy", lexicon: {} }, "toy"))).toBeNull()
})

test("nothing is loaded before a parser is wanted, and then only what is wanted", () => {
  const loaded: string[] = []
  const parsers = createNativeParsers(name => {
    loaded.push(name)
    return require(name)
  }, strictLog())
  expect(loaded).toEqual([])
  parsers.parserFor(languages.byName("css")!)
  parsers.parserFor(languages.byName("css")!)
  expect(loaded).toEqual(["tree-sitter", "tree-sitter-css"])
})

test("a released tree can't be used", () => {
  const tree = parserOf("css").parse(".a {}", null, 1000)!
  tree.release()
  expect(() => tree.walk()).toThrow("a released syntax tree was used")
})

const NESTED: readonly (readonly [language: string, open: string, close: string])[] = [
  ["typescript", "(", ")"],
  ["typescript", "function f() {", "}"],
  ["typescript", "class A { m() {", "}}"],
  ["typescript", "namespace A {", "}"],
  ["rust", "mod a {", "}"],
  ["rust", "use a::{", "};"],
  ["c", "extern {", "}"],
  ["json", "[", "]"],
  ["html", "<p>", "</p>"],
]

test.each(NESTED)("%s nested 20,000 times in %j overflows nothing", (language, open, close) => {
  const text = open.repeat(20_000) + close.repeat(20_000)
  const tree = parserOf(language).parse(text, null, 20_000)
  expect(tree).not.toBeNull()
  expect(extractFacts(text, tree!).names.length).toBeLessThanOrEqual(200)
})

const PIECES = [
  ..."(){}[]<>\"'`/*#;:,.=&$@\\ \n\r\t".split(""),
  ..."class def function fn struct impl use import from export const let int type mod 😀 \u0000 \ud800 é".split(
    " ",
  ),
]

test.each(
  languages
    .all()
    .filter(({ parser }) => parser?.builtin)
    .map(({ name }) => name),
)("no text makes the facts of %s throw", name => {
  const parser = parserOf(name)
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(" "))
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), text => {
      const tree = parser.parse(text, null, 1000)!
      const { names, symbols, signatures } = extractFacts(text, tree)
      expect(symbols.length).toBe(names.length * 8)
      expect(signatures.every(signature => signature.length <= 160 && !signature.includes("\n"))).toBe(true)
      tree.release()
    }),
    { numRuns: 200 },
  )
})
