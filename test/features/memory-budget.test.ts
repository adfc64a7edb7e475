import { expect, test } from "vitest"
import { MemoryBudget } from "../../server/features/memory-budget.ts"

const MB = 1e6

test("the engine learns until index and engine take what the texts leave of the budget", () => {
  const budget = new MemoryBudget(100)
  expect(budget.textBytes).toBe(10 * MB)
  expect(budget.mayLearn(40 * MB, 49 * MB, false)).toBe(true)
  expect(budget.mayLearn(40 * MB, 50 * MB, false)).toBe(false)
})

test("what is near to an open file may be learnt a little beyond that", () => {
  const budget = new MemoryBudget(100)
  expect(budget.mayLearn(40 * MB, 60 * MB, true)).toBe(true)
  expect(budget.mayLearn(40 * MB, 70 * MB, true)).toBe(false)
})

test("texts stay bounded however large the budget, and none at all leaves nothing", () => {
  expect(new MemoryBudget(100_000).textBytes).toBe(64 * MB)
  expect(new MemoryBudget(-1).textBytes).toBe(0)
  expect(new MemoryBudget(0).mayLearn(0, 0, true)).toBe(false)
})
