import { expect, test } from "vitest"
import { landFix, placeOfQuote } from "../../../../server/features/diagnostics/review/place-claim.ts"
import { languages, parserOf } from "../../../syntax/parsing.ts"

/** What is quoted of a code, or why nothing is. */
function checkQuote(quote: string, code: string): string | null {
  const place = placeOfQuote(quote, code)
  return place && code.slice(place.start, place.end)
}

const LOOP = "function sum(items) {\n  for (let i = 0; i <= items.length; i++) {\n    add(items[i])\n  }\n}"

test.each([
  ["a part of a line", "i <= items.length", "i <= items.length"],
  ["a line with its indentation", "    add(items[i])\n", "add(items[i])"],
  [
    "lines of another indentation",
    "for (let i = 0; i <= items.length; i++) {\nadd(items[i])",
    LOOP.slice(24, 83),
  ],
  [
    "a line of other white space",
    "for  (let i = 0;  i <= items.length; i++)  {",
    "for (let i = 0; i <= items.length; i++) {",
  ],
  ["what stands twice", "items", null],
  ["what stands nowhere", "items.size", null],
  ["nothing", "  ", null],
])("%s is found, if it stands in one place", (_, quote, found) => {
  expect(checkQuote(quote, LOOP)).toBe(found)
})

test("lines that end as on Windows are found by what they say", () => {
  const code = LOOP.replaceAll("\n", "\r\n")
  expect(checkQuote("    add(items[i])\n  }", code)).toBe("add(items[i])\r\n  }")
})

/** The text after a fix, whose function is between the marks `«` and `»`; null if it does not land. */
async function checkFix(marked: string, quote: string, fix: string | null): Promise<string | null> {
  const text = marked.replace(/[«»]/g, "")
  const target = { start: marked.indexOf("«"), end: marked.indexOf("»") - 1 }
  const file = {
    path: "a.ts",
    asked: text,
    now: text,
    language: languages.byName("typescript")!,
    known: null,
  }
  const edits = await landFix(
    { quote, problem: "", fix },
    {
      file: { ...file, parser: parserOf("typescript") },
      target,
      exists: name => name === "add",
      restore: each => each,
    },
  )
  const replaced = (all: string, each: { start: number; end: number; text: string }): string =>
    all.slice(0, each.start) + each.text + all.slice(each.end)
  return edits === null ? null : edits.reduceRight(replaced, text)
}

const FILE = `const before = 1;\n«${LOOP}»\nconst after = 2;\n`

test.each([
  ["a part of a line", "i <= items.length", "i < items.length"],
  ["a whole line", "for (let i = 0; i <= items.length; i++) {", "  for (let i = 0; i < items.length; i++) {"],
  [
    "lines of which the first lost its indentation",
    LOOP.slice(24, 83),
    `${LOOP.slice(24, 83).replace("<=", "<")}\n`,
  ],
  [
    "lines that lost all of it",
    "for (let i = 0; i <= items.length; i++) {\n  add(items[i])\n}",
    "for (let i = 0; i < items.length; i++) {\n  add(items[i])\n}",
  ],
  [
    "a whole line without its indentation",
    "for (let i = 0; i <= items.length; i++) {",
    "for (let i = 0; i < items.length; i++) {",
  ],
])("a fix of %s changes what it has to", async (_, quote, fix) => {
  expect(await checkFix(FILE, quote, fix)).toBe(FILE.replace(/[«»]/g, "").replace("<=", "<"))
})

test("a fix ends a line as it did, though its quote left the end out", async () => {
  const file = "«function f(a) {\n  return a - 1;\n}»\n"
  const fixed = "function f(a) {\n  return a + 1;\n}\n"
  expect(await checkFix(file, "return a - 1", "return a + 1;")).toBe(fixed)
  expect(await checkFix(file, "return a - 1", "return a + 1")).toBe(fixed)
  expect(await checkFix(file, "a - 1", "a + 1;")).toBe(fixed)
})

test("a fix may take lines away, in a file of Windows too", async () => {
  const file = "«function f(a) {\r\n  a++\r\n  return a\r\n}»\r\n"
  expect(await checkFix(file, "  a++", "")).toBe("function f(a) {\r\n  return a\r\n}\r\n")
})

test.each([
  ["there is none", "add(items[i])", null],
  ["it changes nothing", "add(items[i])", "add(items[i])"],
  ["it does not parse", "add(items[i])", "add(items[i"],
  ["its quote stands twice", "items", "things"],
  ["its quote is not in the function", "const after = 2", "const after = 3"],
  ["it calls what there is not", "add(items[i])", "addSafely(items[i])"],
  ["it leaves code out", "add(items[i])", "// ... rest unchanged"],
  ["it holds marks of blocks", "add(items[i])", "add(items[i])\n=======\nadd(1)"],
  ["it writes a placeholder", "add(items[i])", "add('<hidden:token:1>')"],
])("no fix lands where %s", async (_, quote, fix) => {
  expect(await checkFix(FILE, quote, fix)).toBe(null)
})
