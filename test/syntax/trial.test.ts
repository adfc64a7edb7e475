import fc from "fast-check"
import { expect, test } from "vitest"
import { Trial } from "../../server/syntax/trial.ts"
import { parserOf } from "./parsing.ts"
import "../property-seed.ts"

/** Enough for a busy machine: a test is not about time. */
const BUDGET_MS = 10_000

function trialOf(text: string): Trial {
  const parser = parserOf("typescript")
  return Trial.of(parser, text, parser.parse(text, null, BUDGET_MS)!, BUDGET_MS)!
}

test("the nodes around a place are told from the inside out, without those that only touch it", () => {
  const types = trialOf("function f() {\n  \n}\n")
    .around(17)
    .map(({ type }) => type)
  expect(types).toEqual(["statement_block", "function_declaration", "program"])
})

test("what a change would break is told, and what it would mend", () => {
  const trial = trialOf("foo(a\n")
  const countAfter = (start: number, text: string): number =>
    trial.breakageAfter({ start, end: start, text }, BUDGET_MS)!.count
  expect(trial.breakage.count).toBe(1)
  expect(countAfter(5, ")")).toBe(0)
  expect(countAfter(5, ", b")).toBe(1)
  expect(trialOf("foo(a)\n").breakageAfter({ start: 4, end: 5, text: "b c" }, BUDGET_MS)!.count).toBe(1)
})

test("trying something leaves no trace in what is tried next", () => {
  const text = "function f(a) {\n  if (a) {\n    return [a, 1]\n  }\n}\n\nf({ b: 1 })\n"
  const changes = fc.array(
    fc.tuple(fc.nat(text.length), fc.constantFrom("x", "(", "}", "\n", "if (b) {}", "😀")),
  )
  const property = fc.property(changes, tried => {
    const trial = trialOf(text)
    for (const [start, inserted] of tried) {
      const change = { start, end: start, text: inserted }
      const fresh = trialOf(text.slice(0, start) + inserted + text.slice(start)).breakage
      expect(trial.breakageAfter(change, BUDGET_MS)!.count > 0).toBe(fresh.count > 0)
    }
  })
  fc.assert(property, { numRuns: 60 })
})
