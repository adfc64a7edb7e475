import { expect, test } from "vitest"
import { keyedPlace } from "../../../server/features/completion/cache-key.ts"
import { type Finding, SuggestionCache } from "../../../server/features/completion/suggestion-cache.ts"
import { openSnapshot } from "../../../server/workspace/document.ts"
import { parseFixture } from "../../fixture.ts"

function placeOf(fixture: string): ReturnType<typeof keyedPlace> {
  const [file] = parseFixture(fixture).files
  const document = openSnapshot({
    uri: "file:///a",
    path: "/a",
    language: null,
    version: 0,
    text: file!.text,
  })
  return keyedPlace(document, file!.cursors[0]!)
}

function finding(text: string, checked: number = text.length): Finding {
  return { text, checked, replaceAfter: 0, confidence: 0.9, source: "model", goesOn: false, fingerprint: "" }
}

/** What is recalled at `there` of what was found at `here`; `~` before what must be checked anew. */
function checkRecalled(here: string, text: string, there: string, expected: readonly string[]): void {
  const cache = new SuggestionCache()
  cache.remember(placeOf(here), 1, finding(text))
  const recalled = cache.recall(placeOf(there), 1)
  expect(recalled.map(each => (each.isExact ? each.text : `~${each.text}`))).toEqual(expected)
}

test("what is typed along is taken off, over lines too", () => {
  checkRecalled("a(<|>\nb", "x, y)", "a(<|>\nb", ["x, y)"])
  checkRecalled("a(<|>\nb", "x, y)", "a(x,<|>\nb", [" y)"])
  checkRecalled("a {\n  <|>\n}", "b()\n  c()", "a {\n  b()\n  <|>\n}", ["c()"])
  checkRecalled("a {\n  <|>\n}", "b()\n  c()", "a {\n  b()\n<|>\n}", ["  c()"])
})

test("what contradicts it, and its end, recall nothing", () => {
  checkRecalled("a(<|>\nb", "x, y)", "a(z<|>\nb", [])
  checkRecalled("a(<|>\nb", "x, y)", "a(x, y)<|>\nb", [])
  checkRecalled("a(<|>\nb", "x, y)", "c\na(<|>\nb\n", [])
})

test("where what is farther away changed, or a bracket was closed, it is recalled but must be checked anew", () => {
  const lines = "1\n2\n3\n4\n"
  checkRecalled(`${lines}a(<|>\nb`, "x, y)", `1\nchanged\n3\n4\na(<|>\nb`, ["~x, y)"])
  checkRecalled("a<|>\nb", "(x)", "a(<|>)\nb", ["~x)"])
  checkRecalled("4\n5\na(<|>\nb", "x", "4\n5\na(<|>\nanother", ["~x"])
})

test("another epoch of the project's digest makes it unsure", () => {
  const cache = new SuggestionCache()
  cache.remember(placeOf("a<|>"), 1, finding("b"))
  expect(cache.recall(placeOf("a<|>"), 2).map(({ isExact }) => isExact)).toEqual([false])
})

test("more of the same answer takes the place of what was there", () => {
  const cache = new SuggestionCache()
  const origin = cache.remember(placeOf("a<|>"), 1, finding("b"))
  cache.remember(placeOf("a<|>"), 1, finding("b\nc", 1), origin)
  expect(cache.recall(placeOf("a<|>"), 1).map(({ text, checked }) => [text, checked])).toEqual([["b\nc", 1]])
  cache.forget(placeOf("a<|>"), 1, new Set([origin]))
  expect(cache.recall(placeOf("a<|>"), 1)).toEqual([])
})

test("it stays within bounds, whatever it is given", () => {
  const cache = new SuggestionCache()
  for (let at = 0; at < 3000; at++) {
    const place = placeOf(`line ${at}\nanother ${at}\n<|>\nbelow`)
    cache.remember(place, 1, finding(`${"x".repeat(at)}\n${"y\n".repeat(30)}`))
  }
  expect(cache.size.places).toBeLessThanOrEqual(1000)
  expect(cache.size.units).toBeLessThanOrEqual(2_000_000)
})
