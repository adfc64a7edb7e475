import fc from "fast-check"
import { expect, test } from "vitest"
import { readZoektReply } from "../../../server/workspace/remote/zoekt-answer.ts"

/** Reads a reply of one file with these lines. */
function read(file: object, lines: readonly object[] = []): unknown {
  const whole = { Repository: "r", FileName: "a.ts", LineMatches: lines, ...file }
  return readZoektReply({ Result: { Files: [whole] } }, 10)
}

const LINE = {
  Line: Buffer.from("let a\n").toString("base64"),
  LineNumber: 3,
  LineFragments: [{ LineOffset: 4 }],
}

test("a line is told with zero-based numbers and without its break", () => {
  expect(read({}, [LINE])).toEqual([
    {
      repository: "r",
      path: "a.ts",
      line: 2,
      column: 4,
      text: "let a",
      symbol: null,
      language: null,
      version: null,
    },
  ])
})

test("paths that leave their repository are not believed", () => {
  for (const FileName of ["../a", "/etc/passwd", "a/../../b", "a\\b", "a\0b", "", "a//b", 7]) {
    expect(read({ FileName }, [LINE])).toEqual([])
  }
  expect(read({ Repository: null }, [LINE])).toEqual([])
})

test("lines that make no sense are left out", () => {
  for (const wrong of [{ LineNumber: 0 }, { LineNumber: 1.5 }, { LineNumber: "3" }, { Line: null }]) {
    expect(read({}, [{ ...LINE, ...wrong }])).toEqual([])
  }
})

test("a line of a megabyte is cut, and a match behind its end is told to be there", () => {
  const Line = Buffer.from("x".repeat(1_000_000)).toString("base64")
  expect(read({}, [{ ...LINE, Line, LineFragments: [{ LineOffset: 5e6 }] }])).toMatchObject([
    { text: "x".repeat(400), column: 1_000_000 },
  ])
})

test("no results are no hits, and no reply is none", () => {
  expect(readZoektReply({ Result: { Files: null } }, 10)).toEqual([])
  expect(readZoektReply({ Error: "x" }, 10)).toBe(null)
})

test("any JSON at all is read without harm", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (file, line) => {
      const files = [file, { Repository: "r", FileName: "a", LineMatches: [line, file] }]
      const hits = readZoektReply({ Result: { Files: files } }, 5)
      expect(hits?.length).toBeLessThanOrEqual(5)
      for (const hit of hits ?? []) expect(hit.path).not.toBe("")
    }),
    { numRuns: 300 },
  )
})
