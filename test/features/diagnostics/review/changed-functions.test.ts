import { expect, test } from "vitest"
import { LineIndex } from "../../../../server/base/line-index.ts"
import {
  changedFunctions,
  functionsOf,
  reviewKey,
} from "../../../../server/features/diagnostics/review/changed-functions.ts"
import { extractFacts } from "../../../../server/syntax/facts.ts"
import { SYMBOL_KINDS, SYMBOL_STRIDE, SymbolColumn } from "../../../../server/syntax/symbols.ts"
import type { DocumentSnapshot } from "../../../../server/workspace/document.ts"
import type { SymbolHit, SymbolIndex } from "../../../../server/workspace/file-facts.ts"
import { parserOf } from "../../../syntax/parsing.ts"

function symbolsOf(text: string, language: string): readonly SymbolHit[] {
  const tree = parserOf(language).parse(text, null, 1000)!
  const { symbols } = extractFacts(text, tree)
  tree.release()
  return Array.from({ length: symbols.length / SYMBOL_STRIDE }, (_, row) => {
    const cell = (column: number): number => symbols[row * SYMBOL_STRIDE + column]!
    const kind = SYMBOL_KINDS[cell(SymbolColumn.kind)]!
    return { kind, start: cell(SymbolColumn.start), end: cell(SymbolColumn.end) } as SymbolHit
  })
}

/** The functions of a text, each as it is shown to a model; those alone that are not in `base`, if that is given. */
function checkFunctions(text: string, language = "typescript", base = ""): readonly string[] {
  const document = { text, lines: LineIndex.of(text) } as DocumentSnapshot
  const functions = changedFunctions(functionsOf(document, symbolsOf(text, language)), text, base)
  return functions.map(({ start, end }) => text.slice(start, end))
}

const SUM = "export function sum(a: number, b: number) {\n  const add = () => a + b\n  return add()\n}"
const CLASS =
  "class Box {\n  size = 1\n  get() {\n    return this.size\n  }\n  set(size: number) { this.size = size }\n}"

test("functions are the outermost ones, as whole lines", () => {
  expect(checkFunctions(`${SUM}\n\n${CLASS}\nconst twice = (x: number) => x * 2;\n`)).toEqual([
    SUM,
    "  get() {\n    return this.size\n  }",
    "  set(size: number) { this.size = size }",
    "const twice = (x: number) => x * 2;",
  ])
  expect(
    checkFunctions("class A:\n    def f(self):\n        return 1\n\n\ndef g():\n    pass", "python"),
  ).toEqual(["    def f(self):\n        return 1", "def g():\n    pass"])
  expect(checkFunctions("package a\r\n\r\nfunc F() int {\r\n\treturn 1\r\n}\r\n", "go")).toEqual([
    "func F() int {\r\n\treturn 1\r\n}",
  ])
  expect(checkFunctions("")).toEqual([])
})

test("two functions in one line are looked at once", () => {
  expect(checkFunctions("function a() {} function b() {}\nfunction c() {}")).toEqual([
    "function a() {} function b() {}",
    "function c() {}",
  ])
})

test("changed are those that stand nowhere in the text before", () => {
  const text = `${SUM}\n\n${CLASS}\n`
  expect(checkFunctions(text, "typescript", text)).toEqual([])
  expect(checkFunctions(`// first\n${text}`, "typescript", text)).toEqual([])
  expect(checkFunctions(`${CLASS}\n${SUM}\n`, "typescript", text)).toEqual([])
  const edited = text.replace("a + b", "a - b")
  expect(checkFunctions(edited, "typescript", text)).toEqual([SUM.replace("a + b", "a - b")])
})

test("symbols of an older, longer text are passed over", () => {
  const document = { text: "short", lines: LineIndex.of("short") } as DocumentSnapshot
  expect(functionsOf(document, symbolsOf(SUM, "typescript"))).toEqual([])
})

test("a key changes with the function, its language and what its names are declared as, and with nothing else", () => {
  const index = (signature: string): Pick<SymbolIndex, "rare"> => ({
    rare: name =>
      name === "add" ? [{ container: null, signature } as SymbolHit] : name === "sum" ? null : [],
  })
  const key = reviewKey(SUM, "typescript", index("add()"))
  expect(reviewKey(SUM, "typescript", index("add()"))).toBe(key)
  expect(reviewKey(SUM, "typescript", index("add(x)"))).not.toBe(key)
  expect(reviewKey(SUM, "javascript", index("add()"))).not.toBe(key)
  expect(reviewKey(`${SUM} `, "typescript", index("add()"))).not.toBe(key)
})
