import { expect, test } from "vitest"
import { completionAsk } from "../../../server/features/completion/asking/ask.ts"
import type { PromptContext } from "../../../server/features/context/prompt-context.ts"
import { openSnapshot } from "../../../server/workspace/document.ts"
import { mulberry32 } from "../random.ts"
import { askedPlace, CURSOR } from "./asked-place.ts"
import { type Run, typingFigures } from "./figures.ts"
import { functionsOf } from "./held-out.ts"
import { oracleAnswer, tokensOf } from "./oracle.ts"
import type { KeyRow } from "./type-function.ts"
import { keysOf, strokeText, Typist } from "./typist.ts"

const FILE = `import { Item } from "./item"

export function total(items: readonly Item[]): number {
  let sum = 0
  for (const item of items) {
    sum += item.price * item.count
  }
  return sum
}

export const empty = (): void => {
}
`
const [held] = functionsOf({ path: "a.ts", text: FILE })

test("a function is held out by its body, and what is around it is the rest of the file", () => {
  expect(held!.before + held!.body + held!.after).toBe(FILE)
  expect(held!.before.endsWith("number {\n  ")).toBe(true)
  expect(held!.body.startsWith("let sum")).toBe(true)
  expect(held!.body.endsWith("return sum")).toBe(true)
})

test("the prompt of the server says where the cursor is and how much is wanted", () => {
  const [above, typed] = [`${held!.before}let sum = 0\n`, "  for (co"]
  const document = openSnapshot({ uri: "file:///a.ts", path: "/a.ts", language: null, version: 1, text: "" })
  const prompt = { stable: "", context: "", before: above + typed, after: held!.after } as PromptContext
  const place = { document, offset: 0, language: null, trial: null }
  const shape = { kind: "line", maxLines: 1, maxTokens: 48, why: "" } as const
  const { turns } = completionAsk(place, shape, prompt, { priority: 0, projectKey: "p" })
  const found = { typed: "let sum = 0\n  for (co", restart: true, statementOnly: true }
  expect(askedPlace(`${held!.before}earlier ${turns[0]!.text}`, held!)).toEqual(found)
})

/** What stands there after every key, without help. */
function typeAlone(seed: number): { readonly text: string; readonly keys: number; readonly ms: number } {
  const typist = new Typist(held!.body, mulberry32(seed))
  let [typed, keys, ms] = ["", 0, 0]
  for (let stroke = typist.next(typed); stroke !== null; stroke = typist.next(typed)) {
    if (stroke.kind === "type") typed += stroke.text
    if (stroke.kind === "backspace") typed = typed.slice(0, -1)
    keys++
    ms += stroke.afterMs
  }
  return { text: typed, keys, ms }
}

test("a typist gets everything right in the end, however many mistakes and looks elsewhere it took", () => {
  for (let seed = 0; seed < 50; seed++) expect(typeAlone(seed).text).toBe(held!.body)
  expect(typeAlone(3)).toEqual(typeAlone(3))
})

test("typists make about 80 words of five units a minute, and more keys than there are units", () => {
  const runs = Array.from({ length: 100 }, (_, seed) => typeAlone(seed))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const wordsPerMinute = sum(runs.map(({ keys }) => keys)) / 5 / (sum(runs.map(({ ms }) => ms)) / 60_000)
  expect(wordsPerMinute).toBeGreaterThan(65)
  expect(wordsPerMinute).toBeLessThan(95)
  expect(sum(runs.map(({ keys }) => keys))).toBeGreaterThan(100 * keysOf(held!.body))
})

test("a line break takes its indentation along in one key", () => {
  expect(strokeText("a\n    b", 1)).toBe("\n    ")
  expect(keysOf("a\n    b")).toBe(3)
})

test("the model says the rest of the body, line by line again where it is asked to", () => {
  const typed = held!.body.slice(0, held!.body.indexOf("+=") + 2)
  const ask = { typed, restart: true, statementOnly: false }
  const { text, continuation } = oracleAnswer(held!, ask)
  expect(text).toContain(`    sum +=${continuation}`.trimStart())
  expect(tokensOf(text).join("")).toBe(text)
  expect(oracleAnswer(held!, ask)).toEqual({ text, continuation })
  expect(oracleAnswer(held!, { ...ask, statementOnly: true }).continuation).toBe(continuation.split("\n")[0])
})

test("a prompt's cursor is found in the function, and nowhere else", () => {
  const prompt = (typed: string): string => `notes\n${held!.before}${typed}${CURSOR}${held!.after}`
  const found = { typed: "let s", restart: false, statementOnly: false }
  expect(askedPlace(prompt("let s"), held!)).toEqual(found)
  expect(askedPlace("something else", held!)).toBeNull()
})

const key = (at: number, row: Partial<KeyRow> = {}): KeyRow => ({
  kind: "type",
  at,
  along: false,
  visibleMs: null,
  fate: null,
  ...row,
})

test("asks, reuse, flicker, waste and saved keys are counted from keys and asks", () => {
  const body = "const a = b"
  const run: Run = {
    held: { path: "a.ts", before: "", body, after: "" },
    accepted: 1,
    keys: [
      key(0, { visibleMs: 10 }),
      key(100, { visibleMs: 4, along: true, fate: "kept" }),
      key(200, { visibleMs: 8, along: true, fate: "replaced" }),
      key(300, { kind: "accept" }),
    ],
    shown: [{ typed: "c", text: "onst a" }],
    asks: [
      { at: 50, typed: "c", continuation: "onst a = b", tokens: 4 },
      { at: 250, typed: null, continuation: "", tokens: 2 },
    ],
  }
  const figures = typingFigures([run])
  expect(figures).toMatchObject({
    asksPer100Keys: 50,
    reuseShare: 0.5,
    flickerShare: 0.5,
    visibleShare: 0.75,
  })
  expect(figures.tokensWasted).toBe(100)
  expect(figures.keystrokesSaved).toBeCloseTo(1 - 4 / 11, 3)
})
