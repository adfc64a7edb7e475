import { expect, test } from "vitest"
import { parseFixture } from "./fixture.ts"

function checkFixture(source: string): unknown {
  return parseFixture(source).files.map(file => ({ ...file, flags: [...file.flags].join(" ") }))
}

test("a text without headers is one file", () => {
  expect(checkFixture("let a = 1<|>")).toEqual([
    { path: "/main.ts", text: "let a = 1", flags: "", cursors: [9], labels: [] },
  ])
})

test("headers start files, carry flags, and each file keeps its last line break", () => {
  const fixture = `
    //- /a.ts open dirty
    export function a() {
      <|>return 1<|>
    }
    //- /b/c.py disk
    x = 2
  `
  expect(checkFixture(fixture)).toEqual([
    {
      path: "/a.ts",
      text: "export function a() {\n  return 1\n}\n",
      flags: "open dirty",
      cursors: [24, 32],
      labels: [],
    },
    { path: "/b/c.py", text: "x = 2\n", flags: "disk", cursors: [], labels: [] },
  ])
})

test("a label points at columns of the line above and leaves the text", () => {
  const fixture = `
    const total = sum(1)
    //            ^^^ call
    //    ^^^^^ name
    done()<|>
  `
  expect(checkFixture(fixture)).toEqual([
    {
      path: "/main.ts",
      text: "const total = sum(1)\ndone()\n",
      flags: "",
      cursors: [27],
      labels: [
        { line: 0, start: 14, end: 17, label: "call" },
        { line: 0, start: 6, end: 11, label: "name" },
      ],
    },
  ])
})

test("an empty file and blank lines survive", () => {
  expect(parseFixture("//- /empty.ts\n//- /b.ts\n\n\nx").files.map(file => file.text)).toEqual(["", "\n\nx"])
})

test("a cursor mark is found at the start and at the end of a line", () => {
  expect(parseFixture("<|>a<|>\nb").files[0]!.cursors).toEqual([0, 1])
})

test("text before the first header is refused", () => {
  expect(() => parseFixture("x\n//- /a.ts\n")).toThrow("text before the first fixture header: x")
})

test("a label with no line above is refused", () => {
  expect(() => parseFixture("//- /a.ts\n//^^ nothing")).toThrow("no line above the label")
})
