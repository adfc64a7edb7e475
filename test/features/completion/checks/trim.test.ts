import { expect, test } from "vitest"
import { trimSuggestion } from "../../../../server/features/completion/checks/trim.ts"

/** `source` is the suggestion with `|` before what stands right of the cursor, and `/` before the next line. */
function checkTrim(source: string, expected: string | null): void {
  const [suggestion = "", around = ""] = source.split("|")
  const [rest = "", nextLine = ""] = around.split("/")
  expect(trimSuggestion(suggestion, { typed: "", above: "", rest, below: nextLine })).toBe(expected)
}

test("what already stands right of the cursor is not repeated", () => {
  checkTrim("a, b)|)", "a, b")
  checkTrim("name: string): void {|): void {", "name: string")
  checkTrim('hello"|"', "hello")
})

test("a closer that the suggestion itself needs is kept", () => {
  checkTrim("bar(x)|)", "bar(x)")
  checkTrim("f(a[0])|])", "f(a[0])")
})

test("a closer that the suggestion does not need is cut where one stands", () => {
  checkTrim("a) + c|) + b", "a")
  checkTrim("a) + c|", "a) + c")
})

test("a suggestion ends before the line that already follows", () => {
  checkTrim("return a\n}\n\nfunction next() {|/function next() {", "return a\n}")
  checkTrim("return a|/return a", null)
  checkTrim("}|/}", "}")
})

test("only one line is suggested where something stands right of the cursor", () => {
  checkTrim("a,\n  b|) => 1", "a,")
})

test("nothing but blanks is nothing", () => {
  checkTrim("  |", null)
  checkTrim(")|)", null)
  checkTrim("\n\n|", null)
})
