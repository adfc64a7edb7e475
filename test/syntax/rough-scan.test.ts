import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { DistinctIds } from "../../server/syntax/distinct-ids.ts"
import { lex, plainLexicon } from "../../server/syntax/lexer.ts"
import type { LanguageManifest } from "../../server/syntax/manifest.ts"
import { type RoughFacts, RoughScanner } from "../../server/syntax/rough-scan.ts"
import { SYMBOL_KINDS, SYMBOL_STRIDE, SymbolColumn } from "../../server/syntax/symbols.ts"
import { TokenKind } from "../../server/syntax/tokens.ts"
import { UnitText } from "../../server/syntax/unit-text.ts"
import { WordTable } from "../../server/syntax/word-table.ts"
import { languages } from "./parsing.ts"

class Scan {
  readonly words = new WordTable()
  readonly #units = new UnitText()
  readonly #scanner: RoughScanner

  constructor(language: LanguageManifest | null) {
    this.#scanner = new RoughScanner(language, this.words, new DistinctIds())
  }

  of(text: string): RoughFacts {
    return this.#scanner.scan(text, this.#units.load(text), LineIndex.of(text))
  }

  wordsIn(text: string): string[] {
    return [...this.of(text).words].map(id => this.words.text(id))
  }
}

/** Each declaration as `line kind name`, with `+` before an exported one, and its signature. */
function checkDeclared(language: string, text: string, expected: readonly string[]): void {
  const scan = new Scan(languages.byName(language))
  const { symbols, signatures } = scan.of(text)
  const lines = signatures.split("\n")
  const shown = Array.from({ length: symbols.length / SYMBOL_STRIDE }, (_, row) => {
    const cell = (column: number): number => symbols[row * SYMBOL_STRIDE + column]!
    const name = scan.words.text(cell(SymbolColumn.name))
    const nameStart = cell(SymbolColumn.nameStart)
    expect(text.slice(nameStart, nameStart + name.length)).toBe(name)
    const mark = cell(SymbolColumn.exported) === 1 ? "+" : ""
    return `${cell(SymbolColumn.line)} ${SYMBOL_KINDS[cell(SymbolColumn.kind)]} ${mark}${name}: ${lines[row]}`
  })
  expect(shown).toEqual(expected)
}

function checkWords(language: string | null, text: string, expected: string): void {
  const scan = new Scan(language === null ? null : languages.byName(language))
  expect(scan.wordsIn(text).join(" ")).toBe(expected)
}

/** Distinct identifiers as the lexer finds them, in order of their first place. */
function lexedWords(text: string, language: LanguageManifest | null): string[] {
  const { count, kinds, starts, ends } = lex(text, language?.lexicon ?? plainLexicon)
  const words = new Set<string>()
  for (let at = 0; at < count; at++) {
    if (kinds[at] === TokenKind.identifier) words.add(text.slice(starts[at], ends[at]))
  }
  return [...words]
}

describe("words", () => {
  test("are those outside comments and strings, each once, without keywords", () => {
    checkWords("typescript", "const a = b(a) // c\n/* d\n e */ return 'f' + g1 + 0x1h", "a b g1")
  })
  test("of any script are found, also those that mean something to JavaScript", () => {
    checkWords(
      "typescript",
      "naïve 变量 __proto__ constructor $ _ 😀 \u00a0x",
      "naïve 变量 __proto__ constructor $ _ 😀 x",
    )
  })
  test("in templates are found, in long strings not", () => {
    checkWords("typescript", "`a $" + "{b} c`", "a $ b c")
    checkWords("python", 'x = """a\n b""" + y', "x y")
    checkWords("go", "x := `a\n b` + y", "x y")
  })
  test("behind a lifetime, an apostrophe or an open quote are found", () => {
    checkWords("rust", "fn a<'b>(c: &'b str, d: '\\'', e: 'x')", "a b c str d e")
    checkWords(null, "don't x \"y", "don t x y")
  })
  test("are counted per text", () => {
    const scan = new Scan(null)
    expect(scan.wordsIn("a b")).toEqual(["a", "b"])
    expect(scan.wordsIn("b a b")).toEqual(["b", "a"])
  })

  const pieces = fc.array(
    fc.constantFrom(
      ..."abz_$#@09.'\"\\*{}()[]<>=!?&|+-:;, \t\r\n\u00a0é漢😀".split(/(?:)/u),
      ..."// /* */ \"\"\" ''' \r\n const def fn pub(x) 'a' \"b\"".split(" "),
    ),
    { maxLength: 50 },
  )
  const unescaped = pieces.map(parts => parts.join("")).filter(text => !/["'\\]/.test(text))
  test.each([null, "typescript", "python", "rust", "css", "bash"])(
    "are the lexer's where no quote is, %s",
    name => {
      const language = name === null ? null : languages.byName(name)
      const scan = new Scan(language)
      fc.assert(
        fc.property(unescaped, text => {
          fc.pre(!(language?.lexicon.regexLiterals && /\/[^/*]/.test(text)))
          expect(scan.wordsIn(text)).toEqual(lexedWords(text, language))
        }),
        { numRuns: 300 },
      )
    },
  )
  test("are found in any text, in time that grows with it alone", () => {
    const scan = new Scan(languages.byName("typescript"))
    fc.assert(
      fc.property(pieces, parts => {
        const text = parts.join("")
        for (const word of scan.wordsIn(text)) expect(text).toContain(word)
      }),
      { numRuns: 300 },
    )
    for (const piece of ["'\\", "/*", '"', "a(", "(", "`$" + "{"])
      scan.of(piece.repeat(500_000 / piece.length))
  })
})

describe("declarations", () => {
  test("of TypeScript", () => {
    checkDeclared(
      "typescript",
      [
        "export default async function run(a: number): void {",
        "  const local = 1",
        "  function inner() {}",
        "}",
        "export const enum Color { red }",
        "const of = 1; export type type = string",
        "import type { A } from 'a'",
        "import type B from 'b'",
        "export type { C } from 'c'",
        "declare module 'd' {}",
        "abstract class Box<T> extends Base {",
        "  static of() { return new class Odd {} }",
        "export function* each() {}",
        "return function named() {}",
        "export const { x, y } = z",
      ].join("\n"),
      [
        "0 function +run: export default async function run(a: number): void",
        "2 function inner: function inner() {}",
        "4 enum +Color: export const enum Color { red }",
        "5 constant of: const of = 1; export type type = string",
        "10 class Box: abstract class Box<T> extends Base",
        "12 function +each: export function* each() {}",
      ],
    )
  })
  test("of Python", () => {
    checkDeclared("python", "class A(B):\n  async def run(self):\n    x = 1\ndef _hidden(): pass", [
      "0 class +A: class A(B):",
      "1 function +run: async def run(self):",
      "3 function _hidden: def _hidden(): pass",
    ])
  })
  test("of Go", () => {
    checkDeclared("go", "func (s *Set[T]) Add(x T) {\n\tvar local int\n}\ntype set struct {\nvar (\n)", [
      "0 function +Add: func (s *Set[T]) Add(x T)",
      "3 type set: type set struct",
    ])
  })
  test("of Rust", () => {
    checkDeclared(
      "rust",
      "pub(crate) async fn go() {\n    pub const X: u8 = 1;\nmacro_rules! m {\nimpl A for B {",
      [
        "0 function +go: pub(crate) async fn go()",
        "1 constant +X: pub const X: u8 = 1;",
        "2 macro m: macro_rules! m",
      ],
    )
  })
  test("of C, C# and Ruby", () => {
    checkDeclared("c", "typedef struct Point {\n#define MAX 1", [
      "0 struct +Point: typedef struct Point",
      "1 macro +MAX: #define MAX 1",
    ])
    checkDeclared("c-sharp", "  public sealed class A : B", ["0 class +A: public sealed class A : B"])
    checkDeclared("ruby", "def self.call(x)", ["0 method +call: def self.call(x)"])
  })
  test("have names that are keywords elsewhere, whatever the script", () => {
    checkDeclared("typescript", "export function is() {}\nlet 变量 = 1\nclass __proto__ {}", [
      "0 function +is: export function is() {}",
      "1 variable 变量: let 变量 = 1",
      "2 class __proto__: class __proto__ {}",
    ])
  })
  test("are found after any line break", () => {
    checkDeclared("typescript", "class A {}\r\nclass B {}\rclass C {}", [
      "0 class A: class A {}",
      "1 class B: class B {}",
      "2 class C: class C {}",
    ])
  })
  test("are looked for by words that are keywords of their language", () => {
    for (const { name, lexicon, rough } of languages.all()) {
      const words = [...rough.kinds.keys(), ...rough.lead, ...rough.top]
      expect({ name, odd: words.filter(word => !lexicon.keywords.includes(word)) }).toEqual({ name, odd: [] })
    }
  })
})
