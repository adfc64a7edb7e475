import { expect, test } from "vitest"
import { draw, scrolled } from "../../server/cli/try-screen.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import { parseFixture } from "../fixture.ts"

/** Draws a text with a cursor; gives the rows as they would stand on the screen, ghost text in angle brackets. */
function checkScreen(source: string, ghost: string, size = { columns: 40, rows: 6 }): string {
  const { text, cursors } = parseFixture(source).files[0]!
  const document = openSnapshot({ uri: "untitled:a", path: null, language: null, version: 1, text })
  const output = draw({
    scratch: { document, offset: cursors[0]! },
    ghost,
    top: 0,
    status: "status",
    ...size,
  })
  return output
    .replace(/\x1b\[2;3m(.*?)\x1b\[0m/g, "<$1>")
    .replace(/\x1b7/g, "|")
    .replace(/\x1b8|\x1b\[[?\d;]*[A-Za-z]/g, "")
    .split("\r\n")
    .map(row => row.trimEnd())
    .join("\n")
}

test("ghost text stands at the cursor and further lines below it", () => {
  expect(checkScreen("let a = <|>;\nb", "f(\n  1)")).toMatchInlineSnapshot(`
    "1 let a = |<f(>;
      <  1)>
    2 b
    ~
     1:9  status
    tab accepts · ctrl-n elsewhere · ctrl-c leaves"
  `)
})

test("what is in a file can't command the terminal", () => {
  expect(checkScreen("a\x1b[2Jb<|>\t\x07c", "")).toMatchInlineSnapshot(`
    "1 a·[2Jb|<>    ·c
    ~
    ~
    ~
     1:7  status
    tab accepts · ctrl-n elsewhere · ctrl-c leaves"
  `)
})

test("a long line is shown from where its cursor is seen", () => {
  expect(checkScreen(`${"0123456789".repeat(5)}<|>!`, "?", { columns: 30, rows: 4 })).toMatchInlineSnapshot(`
    "1 34567890123456789|<?>!
    ~
     1:51  status
    tab accepts · ctrl-n elsewhere · ctrl-c leaves"
  `)
})

test("scrolling keeps the cursor's line on the screen and moves no more than it must", () => {
  expect(scrolled(0, 3, 12)).toBe(0)
  expect(scrolled(0, 20, 12)).toBe(12)
  expect(scrolled(12, 14, 12)).toBe(12)
  expect(scrolled(12, 2, 12)).toBe(1)
})
