import { expect, test } from "vitest"
import { GrowingRewrite } from "../../../server/features/actions/growing-rewrite.ts"

/** What most likely stands there after each new line: the new lines, and what is left of the old ones. */
function checkGrowth(old: string, written: string): readonly string[] {
  const growing = new GrowingRewrite(old.split(" "))
  return written.split(" ").map((line, at) => {
    growing.push(line)
    return growing.after(at + 1)[0]!.join(" ")
  })
}

test("old lines go as the new ones come that stand for them", () => {
  expect(checkGrowth("a b c d", "a x c d")).toEqual(["a b c d", "a x c d", "a x c d", "a x c d"])
})

test("a line that is put in pushes nothing out", () => {
  expect(checkGrowth("a b c", "a b n c").at(-1)).toBe("a b n c")
})

test("what is left open can be closed instead of going on with old lines", () => {
  const growing = new GrowingRewrite(["old"])
  for (const line of ["function f() {", "  if (x) {", "    g('{')"]) growing.push(line)
  expect(growing.after(3).at(-1)).toEqual(["function f() {", "  if (x) {", "    g('{')", "  }", "}"])
})

test("a new answer begins anew", () => {
  const growing = new GrowingRewrite(["a", "b"])
  growing.push("x")
  growing.clear()
  expect(growing.length).toBe(0)
  growing.push("a")
  expect(growing.after(1)[0]).toEqual(["a", "b"])
})
