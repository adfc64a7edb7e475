import { expect, test } from "vitest"
import { Memo } from "../../server/base/memo.ts"

/** How often each key was asked of something that is kept in a memo. */
function asked(memo: Memo<string, string | null>): {
  readonly of: (key: string) => string | null
  readonly made: string[]
} {
  const made: string[] = []
  const make = (key: string): string | null => {
    made.push(key)
    return key === "nothing" ? null : key.toUpperCase()
  }
  return { made, of: key => memo.of(key, make) }
}

test("an answer is made once, and absence is an answer", () => {
  const { of, made } = asked(new Memo())
  expect([of("a"), of("nothing"), of("a"), of("nothing")]).toEqual(["A", null, "A", null])
  expect(made).toEqual(["a", "nothing"])
})

test("what is forgotten is made anew", () => {
  const memo = new Memo<string, string | null>()
  const { of, made } = asked(memo)
  of("a")
  memo.forget()
  expect(of("a")).toBe("A")
  expect(made).toEqual(["a", "a"])
})

test("more answers than the limit are never kept", () => {
  const { of, made } = asked(new Memo(2))
  for (const key of ["a", "b", "c", "c", "a"]) of(key)
  expect(made).toEqual(["a", "b", "c", "a"])
})
