import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { expect, onTestFinished, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import { encodingOf } from "../../server/context/token-encoding.ts"
import { estimateTokens } from "../../server/context/token-estimate.ts"
import { loadCounter } from "../../server/context/token-vocabulary.ts"
import { Tokenizer } from "../../server/context/tokenizer.ts"
import { LogLines } from "../workspace/temp-project.ts"

const THREAD_ENTRY = fileURLToPath(new URL("../../dist/token-thread.cjs", import.meta.url))

function openTokenizer(model: string, entry: string = THREAD_ENTRY, log = strictLog()): Tokenizer {
  const tokenizer = new Tokenizer(model, entry, log)
  onTestFinished(() => tokenizer.dispose())
  return tokenizer
}

test("a model's vocabulary is known by its name, the newest for names never heard", () => {
  const models = [
    "gpt-4",
    "gpt-4-turbo",
    "openai/gpt-3.5-turbo",
    "gpt-4o",
    "gpt-4.1-mini",
    "gpt-5",
    "claude-x",
    "",
  ]
  expect(models.map(encodingOf).map(name => name.slice(0, 5))).toEqual([
    "cl100",
    "cl100",
    "cl100",
    "o200k",
    "o200k",
    "o200k",
    "o200k",
    "o200k",
  ])
})

test("tokens are counted on the thread by the vocabulary that was asked for", async () => {
  const texts = ["", "hello world", "const answer = 42\n", "日本語のテキスト"]
  expect(await openTokenizer("gpt-5").count(texts)).toMatchInlineSnapshot(`
    [
      0,
      2,
      6,
      6,
    ]
  `)
  expect(await openTokenizer("gpt-4").count(texts)).toMatchInlineSnapshot(`
    [
      0,
      2,
      6,
      8,
    ]
  `)
})

test("special tokens in code are counted as the text they are", async () => {
  const count = await loadCounter("o200k_base")
  const mark = "<|endoftext|>"
  expect(count(`a = "${mark}"`)).toBeGreaterThan(count('a = ""') + 3)
})

test("a megabyte of one character is counted, and long runs as the sum of their pieces", async () => {
  const count = await loadCounter("o200k_base")
  for (const unit of ["a", "é", "😀", "=", " ", "\n"]) {
    const counted = count(unit.repeat(1_000_000 / unit.length))
    expect(counted, unit).toBeGreaterThan(1000)
    expect(counted, unit).toBeLessThanOrEqual(1_000_000)
  }
})

test("pieces of a long run are cut between characters and lose none", async () => {
  const count = await loadCounter("o200k_base")
  const texts = fc.array(fc.constantFrom("a", "😀", "é", " ", "=", "\n", "日"), { maxLength: 3 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 700 }), (units, times) => {
      const text = units.map(unit => unit.repeat(times)).join("")
      const counted = count(text)
      expect(counted).toBeLessThanOrEqual(Buffer.byteLength(text))
      expect(counted === 0).toBe(text === "")
    }),
    { numRuns: 60 },
  )
})

test("where no thread can count, estimates are given and the log says so", async () => {
  const { log, lines } = new LogLines()
  const tokenizer = openTokenizer("gpt-5", "/nowhere/token-thread.cjs", log)
  expect(await tokenizer.count(["const a = 1"])).toEqual([estimateTokens("const a = 1")])
  expect(lines.join("\n")).toMatch(/tokens are estimated/)
})

test("questions that are waited for when the tokenizer is disposed get estimates", async () => {
  const tokenizer = openTokenizer("gpt-5")
  const counts = tokenizer.count(["let a = 1"])
  await tokenizer.dispose()
  expect(await counts).toEqual([estimateTokens("let a = 1")])
})
