import { expect, test } from "vitest"
import { rootOf, shortPath } from "../../server/context/short-path.ts"

test("the innermost root holds a path", () => {
  expect(rootOf("/p/q/a", ["/p", "/p/q"])).toBe("/p/q")
  expect(rootOf("/pq/a", ["/p"])).toBeNull()
})

test("a path is named from its root on", () => {
  expect(shortPath("/p/src/a.ts", ["/p"])).toBe("src/a.ts")
  expect(shortPath("C:\\p\\src\\a.ts", ["C:\\p"])).toBe("src\\a.ts")
})

test("a path outside every root is named without its folders", () => {
  expect(shortPath("/home/me/x.ts", ["/p"])).toBe("x.ts")
  expect(shortPath("C:\\me\\x.ts", ["/p"])).toBe("x.ts")
})
