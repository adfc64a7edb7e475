import { expect, test } from "vitest"
import type { EmbeddedQuery } from "../../../server/embedded/suggestion.ts"
import { warmUp } from "../../../server/features/completion/warm-up.ts"
import { openSnapshot } from "../../../server/workspace/document.ts"
import type { SymbolIndex } from "../../../server/workspace/file-facts.ts"

const symbols = { exact: () => [] } as unknown as SymbolIndex

/** Offsets at which an engine is asked while it warms up on a text that is open for `turns` looks. */
async function checkAsked(text: string, turns: number): Promise<readonly number[]> {
  const document = openSnapshot({ uri: "untitled:1", path: null, language: null, version: 0, text })
  const asked: number[] = []
  const engine = {
    answer: ({ offset }: EmbeddedQuery) => {
      asked.push(offset)
      return { line: null, words: [] }
    },
  }
  let left = turns
  const current = () => (left-- > 0 ? { document, sources: { engine, symbols } } : null)
  await warmUp(current, new AbortController().signal)
  return asked
}

test("places are spread over the document, after the indentation of their lines", async () => {
  const asked = await checkAsked("  a\n".repeat(26), 99)
  expect(asked).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24].map(line => line * 4 + 2))
})

test("an empty document is no trouble", async () => {
  expect(new Set(await checkAsked("", 99))).toEqual(new Set([0]))
})

test("a document that is closed meanwhile is left alone", async () => {
  expect((await checkAsked("a\nb\n", 3)).length).toBe(3)
})
