import { expect, test } from "vitest"
import { ForeignProblems } from "../../../../server/features/diagnostics/review/foreign-problems.ts"

/** Whether a finding at 10 to 20 is left to another server that reports this. */
function checkForeign(
  start: number,
  end: number,
  said: string,
  message = "The index runs past the last item.",
): boolean {
  const foreign = new ForeignProblems()
  foreign.note({ start: 0, end: 100 }, [{ start, end, message: said }])
  return foreign.has({ start: 10, end: 20, message })
}

test("a finding is left to a server that reports the same text, or like words about some of it", () => {
  expect(checkForeign(10, 20, "whatever")).toBe(true)
  expect(checkForeign(12, 14, "index out of range: past the last element")).toBe(true)
  expect(checkForeign(12, 14, "unused variable")).toBe(false)
  expect(checkForeign(20, 30, "The index runs past the last item.")).toBe(false)
  expect(checkForeign(0, 10, "The index runs past the last item.")).toBe(false)
})

test("what an editor tells of a stretch takes the place of what it told before, there alone", () => {
  const foreign = new ForeignProblems()
  const at = (start: number): boolean => foreign.has({ start, end: start + 5, message: "" })
  foreign.note({ start: 0, end: 5 }, [{ start: 0, end: 5, message: "one" }])
  foreign.note({ start: 10, end: 15 }, [{ start: 10, end: 15, message: "two" }])
  expect([at(0), at(10)]).toEqual([true, true])
  foreign.note({ start: 12, end: 12 }, [])
  expect([at(0), at(10)]).toEqual([true, false])
})

test("problems move with the text, and are forgotten where it changes", () => {
  const foreign = new ForeignProblems()
  foreign.note({ start: 10, end: 15 }, [{ start: 10, end: 15, message: "one" }])
  foreign.changed({ start: 0, end: 0, text: "abc" })
  expect(foreign.has({ start: 13, end: 18, message: "" })).toBe(true)
  foreign.changed({ start: 14, end: 15, text: "" })
  expect(foreign.has({ start: 13, end: 18, message: "" })).toBe(false)
})

test("what is told again and again takes the place of nothing else", () => {
  const foreign = new ForeignProblems()
  foreign.note({ start: 0, end: 5 }, [{ start: 0, end: 5, message: "one" }])
  for (let times = 0; times < 300; times++) {
    foreign.note({ start: 50, end: 50 }, [{ start: 10, end: 15, message: "two" }])
  }
  expect(foreign.has({ start: 0, end: 5, message: "" })).toBe(true)
})
