import { describe, expect, test } from "vitest"
import { lex, plainLexicon } from "../../../server/syntax/lexer.ts"
import { mulberry32 } from "../random.ts"
import { drawAddedLines } from "./added-lines.ts"
import { parseHunks } from "./hunks.ts"
import { leaveOneOut } from "./leave-one-out.ts"
import { type LinePoint, pointAt, type Tokenize } from "./line-point.ts"

const tokenize: Tokenize = (_path, text) => lex(text, plainLexicon)

/** A point as text: what is visible, the line in brackets, `·` between its tokens. */
function showPoint(point: LinePoint): string {
  const tokens = point.starts.map((start, at) => point.text.slice(start, point.ends[at]))
  return `${point.text.slice(0, point.starts[0])}[${tokens.join("·")}]${point.text.slice(point.resume)}`
}

describe("hunks", () => {
  const diff = [
    "diff --git a/src/a.ts b/src/a.ts",
    "--- a/src/a.ts",
    "+++ b/src/a.ts",
    "@@ -3,2 +3 @@ class A",
    "--- was a decrement",
    "-old",
    "+++ b/fake.ts",
    "@@ -9,0 +10,2 @@",
    "+one",
    "+two",
    "@@ -20,2 +22,0 @@",
    "-gone",
    "-gone too",
    "--- a/readme.md",
    "+++ b/readme.md",
    "@@ -1 +1 @@",
    "-x",
    "+y",
  ].join("\n")

  test("added lines are found by file and number, even where a changed line looks like a header", () => {
    expect(parseHunks(diff, path => path.endsWith(".ts"))).toEqual([
      { path: "src/a.ts", from: 3, count: 1 },
      { path: "src/a.ts", from: 10, count: 2 },
    ])
  })
})

describe("added lines", () => {
  const newText = "let first = 1\nlet second = 2\nlet third = 3\nlet fourth = 4\nlast()\n"

  function checkDraw(from: number, count: number): string[] {
    const points = drawAddedLines({
      hunks: [{ path: "a.ts", from, count }],
      newText: () => newText,
      count: 40,
      seed: 1,
      random: mulberry32(1),
      tokenizers: [tokenize],
    })
    return [...new Set(points.map(showPoint))].sort()
  }

  test("the rest of the hunk is hidden and what follows it is visible", () => {
    expect(checkDraw(2, 2)).toEqual([
      "let first = 1\n[let·second·=·2]\nlet fourth = 4\nlast()\n",
      "let first = 1\nlet second = 2\n[let·third·=·3]\nlet fourth = 4\nlast()\n",
    ])
  })

  test("the first line of a file is never asked", () => {
    expect(checkDraw(1, 2)).toEqual([
      "let first = 1\n[let·second·=·2]\nlet third = 3\nlet fourth = 4\nlast()\n",
    ])
  })

  test("equal seeds draw equal points", () => {
    expect(checkDraw(1, 5)).toEqual(checkDraw(1, 5))
  })
})

describe("usable lines", () => {
  function checkLine(text: string, line: string, tokenizers = [tokenize]): string | null {
    const point = pointAt({ path: "a.ts", text }, text.indexOf(line), line.length, 1, tokenizers)
    return point && showPoint(point)
  }

  test("a line of fewer than three tokens is not asked", () => {
    expect(checkLine("x\na b\ny\n", "a b")).toBeNull()
    expect(checkLine("x\na b c\ny\n", "a b c")).toBe("x\n[a·b·c]\ny\n")
  })

  test("indentation stays visible", () => {
    expect(checkLine("x {\n  a b c\n}\n", "  a b c")).toBe("x {\n  [a·b·c]\n}\n")
  })

  test("a line that tokenizers cut differently is not asked", () => {
    const coarse: Tokenize = (_path, text) => lex(text, { ...plainLexicon, nameExtras: "$=" })
    expect(checkLine("x\na=b+c\n", "a=b+c", [tokenize])).toBe("x\n[a·=·b·+·c]\n")
    expect(checkLine("x\na=b+c\n", "a=b+c", [tokenize, coarse])).toBeNull()
  })

  test("a line that starts inside a token of several lines is not asked", () => {
    const long: Tokenize = (_path, text) => lex(text, { ...plainLexicon, longQuotes: ["'''"] })
    expect(checkLine("x\n'''\na b c\n'''\ny\n", "a b c", [long])).toBeNull()
  })
})

test("leave one out asks lines of the files themselves, the same ones for a seed", () => {
  const text = `${Array.from({ length: 60 }, (_, at) => `call${at} ( value )`).join("\n")}\n`
  const sources = [
    { path: "a.ts", text },
    { path: "small.ts", text: "too few\n" },
  ]
  const draw = { files: 2, lines: 5, seeds: [7, 7] }
  const { points } = leaveOneOut("p", sources, draw, [tokenize])
  expect(points.length).toBe(10)
  expect(points.slice(0, 5)).toEqual(points.slice(5))
  expect(points.every(point => point.path === "a.ts" && point.text === text)).toBe(true)
})
