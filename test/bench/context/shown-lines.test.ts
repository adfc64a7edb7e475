import { expect, test } from "vitest"
import { shownLines } from "./shown-lines.ts"

const SOURCE = [
  "export function open(",
  "  door: Door,",
  "): void {",
  "  door.open()",
  "}",
  "",
  "export interface Door {",
  "  open(): void",
  "}",
]

/** Each line of a part's text with the lines of the source that it shows. */
function checkShown(text: string, lines: readonly number[]): string[] {
  const part = {
    kind: "definition",
    path: "/a.ts",
    startLine: 0,
    endLine: 9,
    lines,
    text,
    tokens: 0,
    why: "",
    detail: "body",
    score: 0,
  } as const
  return shownLines(part, SOURCE).map(({ text: line, shows }) => `${line} <- ${shows}`)
}

test("a body shows its lines one by one", () => {
  const text = SOURCE.slice(3, 9).join("\n")
  expect(checkShown(text, [3, 4, 5, 6, 7, 8]).map(line => line.split(" <- ")[1])).toEqual([
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
  ])
})

test("a signature told in one line shows every line it holds", () => {
  expect(checkShown("function open(door: Door): void", [0, 1])).toEqual([
    "function open(door: Door): void <- 0,1",
  ])
})

test("lines that are claimed and not there do not count", () => {
  expect(checkShown("Door", [6])).toEqual(["Door <- "])
  expect(checkShown("interface Door", [6, 7])).toEqual(["interface Door <- 6"])
})

test("lines that are there and not claimed do not count", () => {
  expect(checkShown("interface Door {", [])).toEqual(["interface Door { <- "])
})
