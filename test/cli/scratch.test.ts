import fc from "fast-check"
import { expect, test } from "vitest"
import type { KeyName } from "../../server/cli/keys.ts"
import { pressed, type Scratch, typed } from "../../server/cli/scratch.ts"
import { type DocumentSnapshot, openSnapshot } from "../../server/workspace/document.ts"
import { parseFixture } from "../fixture.ts"

const PAGE = 10

function scratchOf(text: string, offset: number): Scratch {
  return {
    document: openSnapshot({ uri: "untitled:a", path: null, language: null, version: 1, text }),
    offset,
  }
}

function lineStarts({ lines }: DocumentSnapshot): readonly number[] {
  return Array.from({ length: lines.count }, (_, line) => lines.startOf(line))
}

/** Presses keys in a text with a cursor; gives the text with the cursor. */
function checkKeys(source: string, ...keys: readonly KeyName[]): string {
  const { text, cursors } = parseFixture(source).files[0]!
  const { document, offset } = keys.reduce(
    (scratch, key) => pressed(scratch, key, PAGE),
    scratchOf(text, cursors[0]!),
  )
  return `${document.text.slice(0, offset)}<|>${document.text.slice(offset)}`
}

test("enter keeps the indentation before the cursor", () => {
  expect(checkKeys("  if (a) {<|>}", "enter")).toBe("  if (a) {\n  <|>}")
  expect(checkKeys(" <|>   a", "enter")).toBe(" \n <|>   a")
})

test("an emoji and a CRLF are one character", () => {
  expect(checkKeys("a😀<|>", "backspace")).toBe("a<|>")
  expect(checkKeys("<|>😀a", "right")).toBe("😀<|>a")
  expect(checkKeys("a<|>\r\nb", "delete")).toBe("a<|>b")
  expect(checkKeys("a\r\n<|>b", "left")).toBe("a<|>\r\nb")
})

test("moving up and down keeps the column where the line is long enough", () => {
  expect(checkKeys("abcdef\r\nab\r\nabc<|>def", "up")).toBe("abcdef\r\nab<|>\r\nabcdef")
  expect(checkKeys("abc<|>d\n1234", "down")).toBe("abcd\n123<|>4")
  expect(checkKeys("ab<|>\n😀", "left", "down")).toBe("ab\n<|>😀")
})

test("nothing leaves the text", () => {
  expect(checkKeys("a<|>b", "up", "page-up", "down", "page-down")).toBe("a<|>b")
  expect(checkKeys("<|>", "backspace", "delete", "left", "right", "home", "end")).toBe("<|>")
})

test("however one types and moves, the cursor never splits a character and every line index is true", () => {
  const name = fc.constantFrom<KeyName>(
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "enter",
    "backspace",
    "delete",
  )
  const step = fc.oneof(
    name.map(name => (scratch: Scratch) => pressed(scratch, name, PAGE)),
    fc.constantFrom("a", "😀", "é\r\n", "\t").map(text => (scratch: Scratch) => typed(scratch, text)),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      let scratch = scratchOf("b😀\r\n\r\nccc\n", 3)
      for (const step of steps) {
        scratch = step(scratch)
        const { document, offset } = scratch
        expect(document.text.slice(offset - 1, offset + 1)).not.toMatch(
          /^\r\n$|^[\ud800-\udbff][\udc00-\udfff]$/,
        )
        expect(lineStarts(document)).toEqual(lineStarts(openSnapshot(document)))
      }
    }),
    { numRuns: 300 },
  )
})
