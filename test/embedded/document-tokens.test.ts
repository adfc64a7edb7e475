import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { DocumentBlocks } from "../../server/embedded/document-blocks.ts"
import { placeTokens, replaceTokens } from "../../server/embedded/document-tokens.ts"
import { createInProcessSorter, type Sorter } from "../../server/embedded/sorter.ts"
import { tinyScript } from "./engine-world.ts"

const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "bb",
        " ",
        "\n",
        "\r\n",
        "\r",
        "{",
        "}",
        "(",
        ")",
        "`",
        "$",
        "/",
        "*",
        "//",
        "'",
        '"',
        "\\",
        ".5",
        "é",
      ),
      fc.constantFrom("const a = b\n", "if (a) {\n  f(b)\n}\n", "/* c */", "`x$", "{a}`"),
    ),
    { maxLength: 40 },
  )
  .map(parts => parts.join(""))

/** A text and the texts it becomes by replacing one stretch after another. */
const histories = fc
  .tuple(
    pieces,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(8),
        pieces.filter(text => text.length < 12),
      ),
      { maxLength: 8 },
    ),
  )
  .map(([first, edits]) => {
    const texts = [first]
    for (const [at, removed, added] of edits) {
      const text = texts.at(-1)!
      const start = at % (text.length + 1)
      texts.push(text.slice(0, start) + added + text.slice(start + removed))
    }
    return texts
  })

describe("the tokens of an open document", () => {
  test("are, after any edits, those of a fresh start", () => {
    fc.assert(
      fc.property(histories, texts => {
        const interner = new Interner()
        const intern = (text: string): number => interner.intern(text)
        let placed = placeTokens(texts[0]!, tinyScript, intern)
        for (const text of texts.slice(1)) {
          placed = replaceTokens(placed, text, tinyScript, intern)
          expect(placed).toEqual(placeTokens(text, tinyScript, intern))
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each(["\r", "\n", "\r\n"])(
    "join into a string that goes on behind an escaped %j once it is closed",
    eol => {
      const intern = (text: string): number => interner.intern(text)
      const interner = new Interner()
      const open = placeTokens(`'a\\${eol}b`, tinyScript, intern)
      const closed = `'a\\${eol}b'`
      expect(replaceTokens(open, closed, tinyScript, intern)).toEqual(placeTokens(closed, tinyScript, intern))
    },
  )
})

/** Every index that may vote, with the tokens its block shows before it (32) and after it (8), as text. */
function shownPlaces(blocks: DocumentBlocks, cursor: number): string[] {
  const places: string[] = []
  for (const { block, indexOf } of blocks
    .blocks(cursor)
    .map(part => ({ block: part.block, indexOf: part.indexOf }))) {
    for (const position of block.concrete) {
      const index = indexOf(position)
      if (index < 0) continue
      const before = block.tokens.subarray(Math.max(0, position - 32), position)
      places.push(
        `${index}: ${before.join(" ")} | ${block.tokens.subarray(position, position + 8).join(" ")}`,
      )
    }
  }
  return places.sort()
}

describe("searching an open document", () => {
  const noFailure = (error: unknown): void => {
    throw error
  }

  test("after any edits every place is found once, with the context it has in the text as it is", () => {
    const line = fc.constantFrom("f(a, b)\n", "const x = y\n", "if (a) {\n", "}\n", "g()\n")
    const long = fc.array(line, { minLength: 30, maxLength: 60 }).map(lines => lines.join(""))
    fc.assert(
      fc.property(
        long,
        fc.array(fc.tuple(fc.nat(), line), { minLength: 1, maxLength: 4 }),
        (first, edits) => {
          const interner = new Interner()
          const intern = (text: string): number => interner.intern(text)
          const edited = new DocumentBlocks(createInProcessSorter(), noFailure)
          let placed = placeTokens(first, tinyScript, intern)
          edited.update(placed.packed)
          edited.blocks(0)
          for (const [at, added] of edits) {
            const start = at % placed.text.length
            placed = replaceTokens(
              placed,
              placed.text.slice(0, start) + added + placed.text.slice(start + 3),
              tinyScript,
              intern,
            )
            edited.update(placed.packed)
            const fresh = new DocumentBlocks(createInProcessSorter(), noFailure)
            fresh.update(placed.packed)
            expect(shownPlaces(edited, 0)).toEqual(shownPlaces(fresh, 0))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test("a long document is searched around the cursor at once and wholly when it is sorted", async () => {
    const interner = new Interner()
    const text = Array.from({ length: 8000 }, (_, i) => `call(name${i}, ${i})\n`).join("")
    const { packed } = placeTokens(text, tinyScript, word => interner.intern(word))
    const inner = createInProcessSorter()
    const sizes: number[] = []
    const sorter: Sorter = {
      sort: tokens => {
        sizes.push(tokens.length)
        return inner.sort(tokens)
      },
      dispose: () => inner.dispose(),
    }
    const blocks = new DocumentBlocks(sorter, noFailure)
    blocks.update(packed)
    const middle = packed.length >> 1
    const atOnce = shownPlaces(blocks, middle)
    expect(atOnce.length).toBeGreaterThan(1000)
    expect(atOnce.length).toBeLessThan(10_000)
    await blocks.settled()
    expect(shownPlaces(blocks, middle)).toHaveLength(packed.length)
    expect(sizes).toEqual([packed.length + 1])
  })
})
