import fc from "fast-check"
import { expect, test } from "vitest"
import type { TextChange } from "../../../server/base/text-change.ts"
import { EditHistory } from "../../../server/features/context/edit-history.ts"
import { type DocumentSnapshot, editedSnapshot, openSnapshot } from "../../../server/workspace/document.ts"

const SOURCE = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"

function open(text: string, path = "/a.ts"): DocumentSnapshot {
  return openSnapshot({ uri: `file://${path}`, path, language: null, version: 1, text })
}

/** Replaces the first `from` by `to` in a document, and notes it. */
function replace(history: EditHistory, before: DocumentSnapshot, from: string, to: string): DocumentSnapshot {
  const start = before.text.indexOf(from)
  const change = { start, end: start + from.length, text: to }
  const after = editedSnapshot(before, change, before.version + 1)
  history.note(before, after, [change])
  return after
}

/** The recent edits as short text: line, what was there, what is there. */
function told(history: EditHistory): readonly string[] {
  return history
    .recent()
    .map(({ path, startLine, before, after }) => `${path}:${startLine} ${before} -> ${after}`)
}

test("typing on one line is one edit of that line", () => {
  const history = new EditHistory()
  let document = open(SOURCE)
  document = replace(history, document, "two", "twox")
  replace(history, document, "twox", "twoxy")
  expect(told(history)).toEqual(["/a.ts:1 two -> twoxy"])
})

test("edits far apart stay two, the latest first, and lines below move with what is above", () => {
  const history = new EditHistory()
  let document = open(SOURCE)
  document = replace(history, document, "seven", "SEVEN")
  replace(history, document, "one", "zero\none")
  expect(told(history)).toEqual(["/a.ts:0 one -> zero\none", "/a.ts:7 seven -> SEVEN"])
})

test("edits of neighbouring lines become one with the lines as they were", () => {
  const history = new EditHistory()
  let document = open(SOURCE)
  document = replace(history, document, "two", "2")
  document = replace(history, document, "four", "4")
  replace(history, document, "three", "3")
  expect(told(history)).toEqual(["/a.ts:1 two\nthree\nfour -> 2\n3\n4"])
})

test("what was undone is no edit", () => {
  const history = new EditHistory()
  let document = open(SOURCE)
  document = replace(history, document, "two", "2")
  replace(history, document, "2", "two")
  expect(told(history)).toEqual([])
})

test("a closed document's edits are forgotten, others stay", () => {
  const history = new EditHistory()
  replace(history, open(SOURCE), "two", "2")
  replace(history, open(SOURCE, "/b.ts"), "two", "zwei")
  history.close("file:///a.ts")
  expect(told(history)).toEqual(["/b.ts:1 two -> zwei"])
})

test("too long a piece of work is left out", () => {
  const history = new EditHistory()
  replace(history, open(SOURCE), "two", Array.from({ length: 60 }, (_, line) => `line ${line}`).join("\n"))
  expect(told(history)).toEqual([])
})

test("undoing the edits one after the other, the latest first, gives the text back", () => {
  const line = fc.constantFrom("a", "b\n", "\n", "x\ny\nz", "")
  const step = fc.record({ start: fc.nat(40), length: fc.nat(12), text: line })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), steps => {
      const history = new EditHistory()
      const first = open("l0\nl1\nl2\nl3\nl4\nl5\nl6\nl7\nl8\nl9\nl10\nl11\nl12\n")
      let document = first
      for (const { start, length, text } of steps) {
        const from = Math.min(start, document.text.length)
        const change: TextChange = { start: from, end: Math.min(from + length, document.text.length), text }
        const after = editedSnapshot(document, change, document.version + 1)
        history.note(document, after, [change])
        document = after
      }
      const lines = document.text.split("\n")
      // From the bottom up, so that line numbers above stay what they are.
      for (const edit of [...history.recent()].sort((a, b) => b.startLine - a.startLine)) {
        lines.splice(edit.startLine, edit.after.split("\n").length, ...edit.before.split("\n"))
      }
      expect(lines.join("\n")).toBe(first.text)
    }),
  )
})
