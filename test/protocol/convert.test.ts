import { expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { chooseEncoding, lineEnd, offsetAt, positionAt, rangeBetween } from "../../server/protocol/convert.ts"

const document = (text: string): { text: string; lines: LineIndex } => ({ text, lines: LineIndex.of(text) })

test("utf-16 is chosen wherever it is offered or nothing is said", () => {
  expect(chooseEncoding(["utf-8", "utf-32", "utf-16"])).toBe("utf-16")
  expect(chooseEncoding(undefined)).toBe("utf-16")
  expect(chooseEncoding([])).toBe("utf-16")
  expect(chooseEncoding(["utf-32", "utf-8"])).toBe("utf-8")
  expect(chooseEncoding(["utf-32"])).toBe("utf-32")
  expect(chooseEncoding(["latin-1", 7])).toBe("utf-16")
})

test("a character beyond the line ends before its break", () => {
  expect(offsetAt(document("ab\r\ncd"), { line: 0, character: 99 }, "utf-16")).toBe(2)
  expect(offsetAt(document("ab\r\ncd"), { line: 9, character: 0 }, "utf-8")).toBe(6)
})

test("a position inside a character belongs to its start", () => {
  expect(offsetAt(document("😀x"), { line: 0, character: 3 }, "utf-8")).toBe(0)
  expect(offsetAt(document("😀x"), { line: 0, character: 4 }, "utf-8")).toBe(2)
})

test("an emoji is four bytes, two units and one point", () => {
  const characters = (["utf-8", "utf-16", "utf-32"] as const).map(
    encoding => positionAt(document("a😀b"), 3, encoding).character,
  )
  expect(characters).toEqual([5, 3, 2])
})

test("the end of a line stands before any kind of break", () => {
  const text = document("a\r\nb\nc\rd")
  expect([0, 1, 2, 3].map(line => lineEnd(text, line))).toEqual([1, 4, 6, 8])
})

test("a range is the two positions of its ends", () => {
  expect(rangeBetween(document("a\nbc"), 1, 4, "utf-16")).toEqual({
    start: { line: 0, character: 1 },
    end: { line: 1, character: 2 },
  })
})
