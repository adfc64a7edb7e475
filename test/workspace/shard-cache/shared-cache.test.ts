import { rmSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type CachedTexts, type CacheProcess, cacheHome, openCache } from "./cached-facts.ts"

const TEXTS: CachedTexts = { "/p/a.ts": "+one two", "/p/b.ts": "+three", "/p/c.ts": "four" }

test("processes that save at the same time leave a whole cache", async () => {
  const home = cacheHome()
  const processes = await Promise.all([1, 2, 3].map(() => openCache(home)))
  const saved = await Promise.all(
    processes.map((process, turn) => process.save({ ...TEXTS, [`/p/own${turn}.ts`]: `+own${turn}` })),
  )
  expect(saved).toEqual([true, true, true])
  const loaded = await (await openCache(home)).load()
  expect(loaded).toMatchObject(TEXTS)
  expect(Object.keys(loaded).length).toBe(4)
})

test("a process takes over what another one wrote, and does without what is gone", async () => {
  const home = cacheHome()
  const [one, other] = [await openCache(home), await openCache(home)]
  await one.save({ "/p/a.ts": "+one" })
  expect(other.cache.has({ hash: "+one", language: "typescript" })).toBe(false)
  await other.save({ "/p/b.ts": "+other" })
  expect(other.cache.has({ hash: "+one", language: "typescript" })).toBe(true)
  rmSync(home, { recursive: true })
  await one.save({ "/p/a.ts": "+one" })
  expect(await (await openCache(home)).load()).toEqual({ "/p/a.ts": "+one" })
})

test("whatever processes do in turn, each is given only what is true of the files it asks for", async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    process: fc.nat(2),
    does: fc.constantFrom("save", "load", "open", "late-save"),
    names: fc.subarray(["+one", "two", "+three four", "π", ""], { minLength: 1 }),
  })
  const run = async (steps: readonly Step[]): Promise<void> => {
    const home = cacheHome()
    const processes = await Promise.all([0, 1, 2].map(() => openCache(home)))
    for (const each of steps) await takeStep(each, processes, home)
    await processes[0]!.save(TEXTS)
    expect(await (await openCache(home)).load()).toEqual(TEXTS)
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), run), { numRuns: 60 })
})

interface Step {
  readonly process: number
  readonly does: "save" | "load" | "open" | "late-save"
  readonly names: readonly string[]
}

async function takeStep(
  { process, does, names }: Step,
  processes: CacheProcess[],
  home: string,
): Promise<void> {
  const texts = Object.fromEntries(names.map((name, place) => [`/p/${place}.ts`, name]))
  const late = { now: () => Date.now() + 7_200_000 }
  if (does === "open") processes[process] = await openCache(home)
  else if (does === "save") expect(await processes[process]!.save(texts)).toBe(true)
  else if (does === "late-save") expect(await (await openCache(home, late)).save(texts)).toBe(true)
  // Facts are compared whole with those of the content they are given for.
  else for (const path of Object.keys(await processes[process]!.load())) expect(path).toMatch(/^\/p\/\d\.ts$/)
}
