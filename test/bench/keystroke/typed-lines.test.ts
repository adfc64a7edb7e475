import { expect, test } from "vitest"
import { applyChange } from "../../../server/base/text-change.ts"
import { keysOf, pickTypedLines } from "./typed-lines.ts"

const text = Array.from({ length: 50 }, (_, at) => `  const value${at} = compute(${at})`).join("\n")
const files = ["a.ts", "b.ts", "c.ts"].map(path => ({ path, text }))

test("lines come from different files in turn, and the same ones for the same seed", () => {
  const picked = pickTypedLines(files, 6, 1)
  expect(
    picked
      .slice(0, 3)
      .map(({ file }) => file)
      .sort(),
  ).toEqual([0, 1, 2])
  expect(new Set(picked.map(({ file, start }) => `${file}:${start}`)).size).toBe(6)
  expect(pickTypedLines(files, 6, 1)).toEqual(picked)
})

test("short lines, comments and imports are not typed", () => {
  const skipped = ["// a comment of some length", 'import { x } from "./some/where"', "}\n"]
    .join("\n")
    .repeat(50)
  expect(pickTypedLines([{ path: "a.ts", text: skipped }], 3, 1)).toEqual([])
})

test("after the last key the text is what it was", () => {
  for (const line of pickTypedLines(files, 5, 2)) {
    const keys = keysOf(line)
    expect(keys).toHaveLength(line.code.length + 1)
    expect(keys.reduce(applyChange, text)).toBe(text)
    expect(applyChange(text, keys[0]!)).not.toContain(line.code)
  }
})
