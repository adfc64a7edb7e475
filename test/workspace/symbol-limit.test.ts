import { expect, test } from "vitest"
import { SYMBOL_STRIDE, SymbolColumn } from "../../server/syntax/symbols.ts"
import type { Declarations } from "../../server/workspace/fill-gaps.ts"
import { firstDeclarations } from "../../server/workspace/symbol-limit.ts"

/** Declarations whose names count up from 0, each in the one with the number given, or in none for -1. */
function declarations(containers: readonly number[]): Declarations {
  const symbols = new Int32Array(containers.length * SYMBOL_STRIDE)
  containers.forEach((container, row) => {
    symbols[row * SYMBOL_STRIDE + SymbolColumn.name] = row
    symbols[row * SYMBOL_STRIDE + SymbolColumn.container] = container
  })
  return { symbols, signatures: containers.map((_, row) => `s${row}`).join("\n") }
}

test.each([
  [[-1, 0, -1], 3],
  [[-1, 0], 3],
  [[], 3],
])("declarations %j within the limit stay", (containers, most) => {
  const all = declarations(containers)
  expect(firstDeclarations(all, most)).toBe(all)
})

test("of more the first ones stay, outside of what is left out", () => {
  // As a method of Go can stand before its type.
  expect(firstDeclarations(declarations([2, 3, -1, -1]), 3)).toEqual(declarations([2, -1, -1]))
  expect(firstDeclarations(declarations([-1, -1]), 1)).toEqual(declarations([-1]))
})
