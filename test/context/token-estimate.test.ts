import { readdirSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { estimateTokens } from "../../server/context/token-estimate.ts"
import { eachPiece } from "../../server/context/token-pieces.ts"
import { loadCounter } from "../../server/context/token-vocabulary.ts"
import { GRAMMARS } from "../workspace/temp-project.ts"
import { COMPILED_SAMPLES } from "./token-samples/compiled.ts"
import { SCRIPTED_SAMPLES } from "./token-samples/scripted.ts"
import { WRITTEN_SAMPLES } from "./token-samples/written.ts"

const TOKEN_SAMPLES: Readonly<Record<string, string>> = {
  ...COMPILED_SAMPLES,
  ...SCRIPTED_SAMPLES,
  ...WRITTEN_SAMPLES,
}

/** How far the estimate of each sample is from the count, as a share of it. */
async function estimateErrors(): Promise<ReadonlyMap<string, number>> {
  const count = await loadCounter("o200k_base")
  const errors = Object.entries(TOKEN_SAMPLES).map(([language, text]) => {
    const counted = count(text)
    return [language, (estimateTokens(text) - counted) / counted] as const
  })
  return new Map(errors)
}

test("there is a sample of every built-in language", () => {
  const languages = readdirSync(GRAMMARS, { withFileTypes: true }).filter(entry => entry.isDirectory())
  expect(languages.map(({ name }) => name).filter(name => TOKEN_SAMPLES[name] === undefined)).toEqual([])
})

test("estimates are within 5 % on average, over all languages, and never far off in one", async () => {
  const errors = await estimateErrors()
  const sizes = [...errors.values()].map(Math.abs)
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  expect([...errors].filter(([, error]) => Math.abs(error) > 0.12)).toEqual([])
  expect(mean).toBeLessThan(0.05)
})

test("nothing has no tokens, and more text never fewer by more than one piece", () => {
  expect(estimateTokens("")).toBe(0)
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.string({ maxLength: 20 }),
      (text, more) => {
        expect(estimateTokens(`${text}\n${more}`)).toBeGreaterThanOrEqual(estimateTokens(text) - 1)
      },
    ),
  )
})

test("pieces cover a text from end to end, whatever it holds", () => {
  const unit = fc.constantFrom(
    "a",
    "Ab",
    "ABC",
    "_",
    ".",
    " ",
    "\t",
    "\n",
    "\r\n",
    "12",
    "é",
    "日",
    "😀",
    "\ud800",
    "---",
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), units => {
      const text = units.join("")
      let covered = ""
      eachPiece(text, (_kind, _units, start, end) => {
        expect(start).toBe(covered.length)
        covered += text.slice(start, end)
      })
      expect(covered).toBe(text)
    }),
    { numRuns: 300 },
  )
})
