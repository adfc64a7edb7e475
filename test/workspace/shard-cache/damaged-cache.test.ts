import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type CachedTexts, cacheHome, openCache } from "./cached-facts.ts"

const TEXTS: CachedTexts = {
  "/p/a.ts": "+Shape Shape.area Shape.name",
  "/p/lib/b.ts": "+main helper π",
  "/p/lib/c.ts": "",
}
const MORE: CachedTexts = { ...TEXTS, "/p/lib/d.ts": "+later" }

/** A cache of two packs, and the paths of its files. */
async function savedCache(): Promise<{ home: string; files: string[] }> {
  const home = cacheHome()
  await (await openCache(home)).save(TEXTS)
  await (await openCache(home)).save(MORE)
  const all = readdirSync(home, { recursive: true, withFileTypes: true })
  const files = all.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return { home, files: files.filter(file => /manifest$|\.pack$/.test(file)).sort() }
}

/** What is given after some damage: true facts or none, and everything again after the next save. */
async function checkDamage(
  damage: (file: string) => void,
  files: readonly string[],
  home: string,
): Promise<void> {
  const sound = `${home}-sound`
  cpSync(home, sound, { recursive: true })
  for (const file of files) damage(file)
  const process = await openCache(home)
  expect(MORE).toMatchObject(await process.load())
  await process.save(MORE)
  expect(await (await openCache(home)).load()).toEqual(MORE)
  rmSync(home, { recursive: true })
  cpSync(sound, home, { recursive: true })
}

test("any one byte changed costs at most the facts it was part of", async () => {
  const { home, files } = await savedCache()
  expect(files.length).toBe(3)
  const place = fc.record({
    file: fc.constantFrom(...files),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    mask: fc.integer({ min: 1, max: 255 }),
  })
  await fc.assert(
    fc.asyncProperty(place, ({ file, at, mask }) => {
      const flip = (path: string): void => {
        const bytes = readFileSync(path)
        const index = Math.floor(at * bytes.length)
        bytes[index] = bytes[index]! ^ mask
        writeFileSync(path, bytes)
      }
      return checkDamage(flip, [file], home)
    }),
    { numRuns: 150 },
  )
})

test("files cut short anywhere, or gone, cost at most the facts in them", async () => {
  const { home, files } = await savedCache()
  const cut = fc.record({
    some: fc.subarray(files, { minLength: 1 }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
  })
  await fc.assert(
    fc.asyncProperty(cut, ({ some, share }) => {
      const shorten = (path: string): void =>
        share === null ? unlinkSync(path) : truncateSync(path, Math.floor(share * readFileSync(path).length))
      return checkDamage(shorten, some, home)
    }),
    { numRuns: 80 },
  )
})

test("files that stand for one another are not believed", async () => {
  const { home, files } = await savedCache()
  for (const from of files) {
    const bytes = readFileSync(from)
    await checkDamage(path => writeFileSync(path, bytes), files, home)
  }
})

test("files of any other making are not believed", async () => {
  const { home, files } = await savedCache()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), bytes =>
      checkDamage(path => writeFileSync(path, bytes), files, home),
    ),
    { numRuns: 40 },
  )
})
