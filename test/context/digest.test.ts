import { expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { TimeSlice } from "../../server/base/time-slice.ts"
import { countCentral } from "../../server/context/central-symbols.ts"
import {
  composeDigest,
  type DigestView,
  type ProjectDigest,
  samplesOf,
  staleShare,
} from "../../server/context/digest.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import { factsOf } from "../workspace/symbol-facts.ts"

/** Files under `/p` by name, with what they declare as `factsOf` takes it. */
type Files = Readonly<Record<string, string>>

function storeOf(files: Files): FactStore {
  const interner = new Interner()
  const store = new FactStore(interner)
  for (const [name, declared] of Object.entries(files))
    store.replace(factsOf(interner, `/p/${name}`, declared))
  return store
}

const TEXTS = new Map([["/p/src/a.ts", 'import b from "b"\n'.repeat(10)]])

async function viewOf(index: FactStore): Promise<DigestView> {
  const central = await countCentral(index, new TimeSlice(5))
  return { index, textOf: path => TEXTS.get(path) ?? null, central }
}

/** A token is four units here. */
const countTokens = (text: string): number => Math.ceil(text.length / 4)

async function digestOf(files: Files, budget: number = 1000): Promise<ProjectDigest> {
  return composeDigest(await viewOf(storeOf(files)), { roots: ["/p"], budget, countTokens }, new TimeSlice(5))
}

const FILES: Files = {
  "src/a.ts": "+Shape Shape.area hidden",
  "src/b.ts": "+draw Shape",
  "test/c.ts": "Shape draw",
}

test("a digest tells the layout, the conventions and what the project leans on, by file", async () => {
  const { text, entries } = await digestOf(FILES)
  expect(text).toMatchInlineSnapshot(`
    "# Project layout
    p/ (3 files)
      src/ (2 files)
    # Conventions
    Strings: double quotes.
    No semicolons.
    # Central declarations
    src/a.ts
      sig Shape
    src/b.ts
      sig draw
    "
  `)
  expect(entries.map(({ name }) => name)).toEqual(["Shape", "draw"])
})

test("a digest never costs more than its budget, and drops what is least central first", async () => {
  const shown = new Set<string>()
  for (let budget = 0; budget < 80; budget++) {
    const { text, tokens, entries } = await digestOf(FILES, budget)
    expect(countTokens(text)).toBeLessThanOrEqual(budget)
    expect(tokens).toBeLessThanOrEqual(budget)
    shown.add(entries.map(({ name }) => name).join(" "))
  }
  expect([...shown]).toEqual(["", "Shape", "Shape draw"])
})

test("conventions are read from the files of what is most central, each once", () => {
  const central = ["/p/b", "/p/a", "/p/b"].map(path => ({ path, name: path }))
  expect(samplesOf(central)).toEqual(["/p/b", "/p/a"])
})

test("a project of nothing has an empty digest that is never stale", async () => {
  const digest = await digestOf({})
  expect(digest.text).toBe("")
  expect(staleShare(digest, storeOf({}))).toBe(0)
})

test("a digest is as stale as the share of its declarations that changed or went", async () => {
  const digest = await digestOf(FILES)
  expect(staleShare(digest, storeOf(FILES))).toBe(0)
  expect(staleShare(digest, storeOf({ ...FILES, "src/b.ts": "+paint Shape" }))).toBe(0.5)
})

test("a digest is stale when many files come or go", async () => {
  const digest = await digestOf(FILES)
  const { "test/c.ts": _, ...fewer } = FILES
  expect(staleShare(digest, storeOf(fewer))).toBeCloseTo(1 / 3)
})
