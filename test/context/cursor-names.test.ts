import fc from "fast-check"
import { expect, test } from "vitest"
import { cursorNames, wordsIn } from "../../server/context/cursor-names.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import { parseFixture } from "../fixture.ts"

/** `name distance×uses` of each name of a text as seen from its cursor, `.` before it for a member. */
function checkNames(fixture: string, besides: readonly { start: number; end: number }[] = []): string {
  const { text, cursors } = parseFixture(fixture).files[0]!
  const document = openSnapshot({ uri: "file:///a.ts", path: "/a.ts", language: null, version: 1, text })
  const names = [...cursorNames(document, { start: cursors[0]!, end: cursors.at(-1)! }, besides).values()]
  return names.map(each => `${each.isMember ? "." : ""}${each.name} ${each.distance}×${each.uses}`).join(", ")
}

test("names are told with the nearest use, how often, and whether that is a member", () => {
  expect(checkNames("total = box.size\ntotal.size(99, 3px)\n<|>\nbox")).toBe("total 1×2, box 1×2, .size 1×2")
})

test("names in the lines that are asked about are no lines away, others as far as the nearer end", () => {
  expect(checkNames("far\n\n<|>first\nsecond\nthird<|>\nnear")).toBe(
    "far 2×1, first 0×1, second 0×1, third 0×1, near 1×1",
  )
})

test("import statements do not count, names beyond ASCII do", () => {
  expect(checkNames("import größe\ngröße2 <|>+ größe", [{ start: 0, end: 12 }])).toBe("größe2 0×1, größe 0×1")
})

test("keywords and the languages' own types are names after a dot only", () => {
  expect(checkNames("return null as string\nbox.string = of\n<|>")).toBe("box 1×1, .string 1×1")
})

test("an empty text has no names", () => {
  expect(checkNames("<|>")).toBe("")
})

test("a text has the same words as a pattern finds in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "B", "_", "$", "1", " ", ".", "é", "\n") }), text => {
      const runs = text.match(/[A-Za-z0-9_$\u0080-\uffff]+/g) ?? []
      expect([...wordsIn(text)]).toEqual([...new Set(runs.filter(run => !/^[0-9]/.test(run)))])
    }),
    { numRuns: 300 },
  )
})
