import { expect, test } from "vitest"
import { StreamedLines } from "../../../server/features/actions/streamed-lines.ts"

/** The lines after each piece of an answer, joined by `|`. */
function checkLines(...pieces: readonly string[]): readonly string[] {
  const streamed = new StreamedLines()
  return pieces.map(piece => {
    streamed.push(piece)
    return streamed.lines.join("|")
  })
}

test("a line counts once its break has come", () => {
  expect(checkLines("```ts\nle", "t a\nlet", " b\n")).toEqual(["", "let a", "let a|let b"])
})

test("prose before the fence and all behind it is left out", () => {
  expect(checkLines("Here it is:\n```\na\n", "```\nas you wished\n```\nb\n")).toEqual(["a", "a"])
})

test("a break in two pieces is one break", () => {
  expect(checkLines("```\r\na\r", "\nb\r\n")).toEqual(["", "a|b"])
})

test("only a fence as long as the first one closes it", () => {
  expect(checkLines("````md\n```\na\n```\n````\nb\n")).toEqual(["```|a|```"])
})

test("after a new beginning nothing of the first answer is left", () => {
  const streamed = new StreamedLines()
  streamed.push("```\nold\nhal")
  streamed.clear()
  streamed.push("f\n```\nnew\n")
  expect(streamed.lines).toEqual(["new"])
})
