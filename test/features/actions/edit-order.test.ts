import { expect, test } from "vitest"
import { mayRename } from "../../../server/features/actions/edit-order.ts"

/** Whether `add` may get another name by an instruction whose answer brings the word `plus`. */
function check(instruction: string): boolean {
  return mayRename([instruction], "add", word => word === "plus")
}

test("an instruction that says so may take a name away", () => {
  expect(check("rename this")).toBe(true)
  expect(check("call it plus")).toBe(true)
})

test("an instruction in any language may, if it says the old name and the new one", () => {
  expect(check("nenne add um in plus")).toBe(true)
  expect(check("add を plus に")).toBe(true)
})

test("an instruction that only speaks of the function may not", () => {
  expect(check("make add async")).toBe(false)
  expect(check("plus eins")).toBe(false)
})
