import { expect, test } from "vitest"
import { graded } from "../../../server/features/completion/grades.ts"

function checkGrades(text: string, surface: "ghost" | "list", expected: readonly string[]): void {
  const draft = { text, replaceAfter: 0, confidence: 1, source: "cache" } as const
  expect(graded(draft, surface).map(each => `${each.grade}:${each.text}`)).toEqual(expected)
}

test("a suggestion is offered whole, by its line and by its word, where these differ", () => {
  checkGrades("ms.length", "list", ["whole:ms.length", "word:ms"])
  checkGrades("ms.a\n  b", "list", ["whole:ms.a\n  b", "line:ms.a", "word:ms"])
  checkGrades("ms.a\n  b", "ghost", ["whole:ms.a\n  b", "line:ms.a"])
  checkGrades("\n  return a\n}", "ghost", ["whole:\n  return a\n}", "line:\n  return a"])
  checkGrades("x", "list", ["whole:x"])
})
