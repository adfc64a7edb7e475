import { expect, test } from "vitest"
import type { ContextPart } from "../../server/context/context-part.ts"
import { renderParts } from "../../server/context/render.ts"

function part(path: string, startLine: number, score: number, text: string): ContextPart {
  const place = { path, startLine, endLine: startLine + 1, lines: [startLine] }
  return {
    kind: "definition",
    ...place,
    text,
    tokens: 1,
    why: "named near the cursor",
    detail: "signature",
    score,
  }
}

/** The text of the parts in a project at `/p`. */
function checkRender(parts: readonly ContextPart[]): string {
  return renderParts(parts, ["/p"])
    .map(({ text }) => `${text}\n`)
    .join("")
}

test("parts are shown by file in the order of lines, the most useful file last, under paths from the root", () => {
  const parts = [
    part("/p/b.ts", 9, 0.9, "nine"),
    part("/p/src/a.ts", 1, 0.5, "one"),
    part("/p/b.ts", 2, 0.1, "two"),
  ]
  expect(checkRender(parts)).toBe("// src/a.ts\none\n// b.ts\ntwo\nnine\n")
})

test("the order of parts of equal use does not matter", () => {
  const parts = [part("/p/a.ts", 1, 0.5, "a"), part("/p/b.ts", 1, 0.5, "b")]
  expect(checkRender(parts)).toBe(checkRender([...parts].reverse()))
})

test("no parts are no text", () => {
  expect(checkRender([])).toBe("")
})
