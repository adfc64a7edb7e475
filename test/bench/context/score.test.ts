import { expect, test } from "vitest"
import type { Piece } from "./contestant.ts"
import { costOfLines, countTokens, mean, scoreAnswer } from "./score.ts"

const project = {
  name: "p",
  folder: "/p",
  files: [
    { path: "a.ts", text: "" },
    { path: "b.ts", text: "" },
  ],
  paths: {},
}

function piece(path: string, ...lines: readonly (readonly [string, ...number[]])[]): Piece {
  return { path, lines: lines.map(([text, ...shows]) => ({ text, shows })) }
}

/** Cost of every line that an answer reaches within `most` tokens. */
function checkCosts(most: number, ...pieces: readonly Piece[]): Record<string, number> {
  return Object.fromEntries(costOfLines(pieces, most))
}

test("3.5 characters are a token, and a part of one counts whole", () => {
  expect(["", "abc", "abcd", "1234567"].map(countTokens)).toEqual([0, 1, 2, 2])
})

test("a path costs once, a line with its break each time it is new", () => {
  const costs = checkCosts(
    100,
    piece("a.ts", ["123456", 0], ["123456", 1]),
    piece("b.ts", ["123456", 5]),
    piece("a.ts", ["123456", 1], ["123456", 2]),
  )
  expect(costs).toEqual({ "a.ts:0": 6, "a.ts:1": 8, "b.ts:5": 14, "a.ts:2": 16 })
})

test("text of the contestant's own costs and shows nothing", () => {
  expect(checkCosts(100, piece("a.ts", ["in between"], ["123456", 3]))).toEqual({ "a.ts:3": 10 })
})

test("one text can show several lines", () => {
  expect(checkCosts(100, piece("a.ts", ["123456", 3, 4]))).toEqual({ "a.ts:3": 6, "a.ts:4": 6 })
})

test("an answer ends with the line that would pass the budget", () => {
  expect(checkCosts(7, piece("a.ts", ["123456", 0], ["123456", 1], ["", 2]))).toEqual({ "a.ts:0": 6 })
})

test("a target counts if its declaration's line is within the budget", () => {
  const targets = [
    { name: "x", file: 0, line: 1, isFirstUse: true },
    { name: "y", file: 1, line: 1, isFirstUse: false },
  ]
  const cost = new Map([
    ["a.ts:1", 900],
    ["b.ts:1", 1100],
  ])
  const { score, missed } = scoreAnswer(project, targets, cost, 1000)
  expect(score).toEqual({ recall: 0.5, all: 0, firstUse: 1 })
  expect(missed.map(({ name }) => name)).toEqual(["y"])
  expect(scoreAnswer(project, targets, cost, 1100).score.recall).toBe(1)
})

test("lines without a first use do not count for the share of first uses", () => {
  const { score } = scoreAnswer(project, [{ name: "y", file: 1, line: 1, isFirstUse: false }], new Map(), 10)
  expect(score.firstUse).toBeNull()
  expect(mean([1, null, 0])).toBe(0.5)
})
