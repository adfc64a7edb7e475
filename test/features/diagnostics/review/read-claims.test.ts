import { expect, test } from "vitest"
import { isConfirmed, readClaims } from "../../../../server/features/diagnostics/review/read-claims.ts"

/** The claims in an answer, one line each. */
function checkClaims(answer: string): readonly string[] {
  return readClaims(answer).map(({ quote, problem, fix }) => `${quote} | ${problem} | ${fix}`)
}

const CLAIM = '{"quote": "a - b", "problem": "It subtracts.", "fix": "a + b"}'

test.each([
  ["one object per line", `${CLAIM}\n${CLAIM}`, 2],
  ["prose around them", `Sure! Here is what I found:\n\n${CLAIM}\n\nHope that helps {really}.`, 1],
  ["a fence", `\`\`\`json\n${CLAIM}\n\`\`\``, 1],
  ["a list", `1. ${CLAIM}\n- ${CLAIM}`, 2],
  ["an array", `[${CLAIM},\n  ${CLAIM}]`, 2],
  ["an object over several lines", CLAIM.replace(/([{,])/g, "$1\n  ").replace("}", "\n}"), 1],
  ["line breaks of Windows", `${CLAIM}\r\n${CLAIM}\r\n`, 2],
])("claims are read from %s", (_, answer, count) => {
  expect(checkClaims(answer)).toEqual(Array(count).fill("a - b | It subtracts. | a + b"))
})

test.each([
  ["nothing", ""],
  ["none", "none"],
  ["prose alone", "The function looks fine, but {maybe} it is not."],
  ["half an object", '{"quote": "a - b", "problem": "It sub'],
  ["an object without a quote", '{"problem": "It subtracts."}'],
  ["a blank quote", '{"quote": " ", "problem": "It subtracts."}'],
  ["a blank problem", '{"quote": "a", "problem": " "}'],
  ["values of other types", '{"quote": 1, "problem": ["x"], "fix": {}}'],
  ["an endless quote", JSON.stringify({ quote: "a".repeat(2001), problem: "x" })],
])("%s claims nothing", (_, answer) => {
  expect(checkClaims(answer)).toEqual([])
})

test("a problem is one line, without control characters, and not endless", () => {
  const problem = `one\n two\u0007\u001b[31m${" x".repeat(500)}`
  const [claim] = readClaims(JSON.stringify({ quote: "a", problem, fix: null }))
  expect(claim?.problem).toMatch(/^one two \[31m x x/)
  expect(claim?.problem.length).toBe(400)
})

test("a fix that is none, or endless, is left out", () => {
  const fixes = [null, 7, "x".repeat(4001), undefined]
  const claims = fixes.flatMap(fix => readClaims(JSON.stringify({ quote: "a", problem: "b", fix })))
  expect(claims.map(({ fix }) => fix)).toEqual([null, null, null, null])
})

test("endless findings end, and what never closes is given up soon", () => {
  expect(readClaims(`${CLAIM}\n`.repeat(10_000))).toHaveLength(8)
  expect(readClaims("{".repeat(20_000))).toEqual([])
  expect(readClaims("{\n".repeat(10_000))).toEqual([])
})

test("only a plain yes confirms", () => {
  expect(["yes", "Yes.", ' "yes"', "**Yes**, it does"].map(isConfirmed)).toEqual([true, true, true, true])
  const other = ["", "no", "yesterday", "I think yes", "The answer is yes", "none", "no, not yes"]
  expect(other.filter(isConfirmed)).toEqual([])
})
