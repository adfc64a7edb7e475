import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { cacheHome, infoLog, NEVER, NOW, openCache, savedFrom } from "./cached-facts.ts"

/** Names of the files in the one workspace of a cache. */
function filesIn(home: string): string[] {
  return readdirSync(workspaceIn(home)).sort()
}

function workspaceIn(home: string): string {
  return join(home, readdirSync(home).find(name => !name.includes(".") && name !== "CACHEDIR.TAG")!)
}

function bytesIn(home: string): number {
  return filesIn(home).reduce((sum, name) => sum + statSync(join(workspaceIn(home), name)).size, 0)
}

function packsIn(home: string): string[] {
  return filesIn(home).filter(name => name.endsWith(".pack"))
}

const TEXTS = { "/p/a.ts": "+Shape Shape.area π", "/p/lib/b.ts": "+main", "/p/c.ts": "" }

test("what one process saved another one is given, in its own words", async () => {
  const home = cacheHome()
  expect(await (await openCache(home)).save(TEXTS)).toBe(true)
  expect(await (await openCache(home)).load()).toEqual(TEXTS)
})

test("a file is listed with the time it had", async () => {
  const home = cacheHome()
  await (await openCache(home)).save(TEXTS)
  const { cache } = await openCache(home)
  expect(cache.takeFiles().map(({ path, mtimeMs }) => [path, mtimeMs])).toEqual([
    ["/p/a.ts", 7e12],
    ["/p/lib/b.ts", 11e12],
    ["/p/c.ts", 7e12],
  ])
})

test("an empty cache has nothing", async () => {
  const { cache } = await openCache(cacheHome())
  expect(cache.takeFiles()).toEqual([])
  expect(cache.has({ hash: "+main", language: "typescript" })).toBe(false)
})

test("other roots and another version of the program have a cache of their own", async () => {
  const home = cacheHome()
  await (await openCache(home)).save(TEXTS)
  expect((await openCache(home, { roots: ["/q"] })).cache.takeFiles()).toEqual([])
  expect((await openCache(home, { version: "2" })).cache.takeFiles()).toEqual([])
})

test("content that was saved once is written again by nobody", async () => {
  const home = cacheHome()
  await (await openCache(home)).save(TEXTS)
  const before = packsIn(home)
  const later = await openCache(home)
  await later.save({ ...TEXTS, "/p/moved.ts": TEXTS["/p/a.ts"] })
  expect(packsIn(home)).toEqual(before)
  expect(await (await openCache(home)).load()).toEqual({ ...TEXTS, "/p/moved.ts": TEXTS["/p/a.ts"] })
})

test("content of another branch is still known after a switch and a switch back", async () => {
  const home = cacheHome()
  const first = await openCache(home)
  await first.save({ "/p/a.ts": "+main" })
  await first.save({ "/p/a.ts": "+other" })
  const later = await openCache(home)
  expect(await later.load()).toEqual({ "/p/a.ts": "+other" })
  expect(later.cache.has({ hash: "+main", language: "typescript" })).toBe(true)
  expect(later.cache.has({ hash: "+main", language: "python" })).toBe(false)
  const back = { path: "/p/a.ts", mtimeMs: 7e12, key: "+main typescript" }
  expect(await later.loadAs([back])).toEqual({ "/p/a.ts": "+main" })
})

test("what was found without parsing is not kept", async () => {
  const home = cacheHome()
  const { cache, interner } = await openCache(home)
  interner.intern("main")
  const rough = {
    ...{ path: "/p/a.ts", language: null, hash: "h", mtimeMs: 1, rough: true, bytes: 1, lines: 1 },
    ...{ symbols: new Int32Array(), signatures: "", imports: [], words: Int32Array.of(0) },
  }
  await cache.save(["/p/a.ts", "/p/gone.ts"], savedFrom(new Map([["/p/a.ts", rough]])), NEVER)
  expect((await openCache(home)).cache.takeFiles()).toEqual([])
})

test("many small packs become one", async () => {
  const home = cacheHome()
  const texts: Record<string, string> = {}
  const process = await openCache(home)
  for (let file = 0; file < 40; file++) {
    texts[`/p/${file}.ts`] = `+name${file}`
    await process.save(texts)
  }
  const manifest = await openCache(home)
  expect(await manifest.load()).toEqual(texts)
  const used = new Set(packsIn(home))
  expect(used.size).toBe(40)
  // Unlisted packs go once nobody can be reading them any more.
  await (await openCache(home, { now: () => Date.now() + 7_200_000 })).save(texts)
  expect(packsIn(home).length).toBeLessThan(20)
  expect(await (await openCache(home)).load()).toEqual(texts)
})

test("the folder is its owner's alone, and no backup's and no repository's", async () => {
  const home = cacheHome()
  mkdirSync(home, { recursive: true })
  chmodSync(home, 0o755)
  await (await openCache(home)).save(TEXTS)
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
  expect([mode(home), mode(workspaceIn(home))]).toEqual(["700", "700"])
  expect(filesIn(home).map(name => mode(join(workspaceIn(home), name)))).toEqual(["600", "600"])
  expect(readFileSync(join(home, ".gitignore"), "utf8")).toBe("*\n")
  expect(readFileSync(join(home, "CACHEDIR.TAG"), "utf8")).toMatch(
    /^Signature: 8a477f597d28d172789f06886806bc55\n/,
  )
})

test("where nothing can be written, that is said once and nothing is saved", async () => {
  const home = cacheHome()
  mkdirSync(dirname(home), { recursive: true })
  writeFileSync(home, "a file where the folder should be")
  const lines: string[] = []
  const { cache } = await openCache(home, { log: infoLog(lines) })
  expect(await cache.save([], savedFrom(new Map()), NEVER)).toBe(false)
  expect(lines).toEqual([expect.stringMatching(/^the index is not kept on disk: E/)])
})

test("on a disk that fills up while saving nothing stays that nobody will read, and all is saved once there is room", async () => {
  const home = cacheHome()
  const full = await openCache(home, { log: infoLog([]) })
  expect(await full.save({ "/p/a.ts": "+one" })).toBe(true)
  const before = filesIn(home)
  // Stands for a full disk: the packs are written, the manifest can't be put in its place.
  const manifest = join(workspaceIn(home), "manifest")
  rmSync(manifest)
  mkdirSync(join(manifest, "full"), { recursive: true })
  expect(await full.save(TEXTS)).toBe(false)
  expect(filesIn(home)).toEqual(before)
  rmSync(manifest, { recursive: true })
  expect(await full.save(TEXTS)).toBe(true)
  expect(await (await openCache(home)).load()).toEqual(TEXTS)
})

test("a file that a crash left half written goes, but only when it is old", async () => {
  const home = cacheHome()
  await (await openCache(home)).save(TEXTS)
  writeFileSync(join(workspaceIn(home), "manifest.123.tmp"), "half")
  await (await openCache(home, { now: () => Date.now() })).save(TEXTS)
  expect(filesIn(home)).toContain("manifest.123.tmp")
  await (await openCache(home, { now: () => Date.now() + 7_200_000 })).save(TEXTS)
  expect(filesIn(home)).not.toContain("manifest.123.tmp")
})

test("over the limit, the workspace that was used longest ago goes", async () => {
  const home = cacheHome()
  let maxBytes = 1 << 20
  const at = (roots: string, hours: number): ReturnType<typeof openCache> =>
    openCache(home, { roots: [roots], now: () => NOW + hours * 3_600_000, maxBytes })
  for (const [turn, root] of ["/a", "/b", "/c"].entries()) await (await at(root, 2 * turn)).save(TEXTS)
  maxBytes = 2.5 * bytesIn(home)
  await at("/a", 7)
  await (await at("/d", 9)).save(TEXTS)
  const kept = await Promise.all(
    ["/a", "/b", "/c", "/d"].map(async root => (await at(root, 9)).cache.takeFiles().length),
  )
  expect(kept).toEqual([3, 0, 0, 3])
})

test("a workspace beyond the limit is kept in part", async () => {
  const home = cacheHome()
  const word = (file: number, at: number): string => `+name${file}x${at}`
  const texts = Object.fromEntries(
    Array.from({ length: 60 }, (_, file) => [
      `/p/${file}.ts`,
      Array.from({ length: 1000 }, (_, at) => word(file, at)).join(" "),
    ]),
  )
  await (await openCache(home, { maxBytes: 2 << 20 })).save(texts)
  expect(bytesIn(home)).toBeLessThan(3 << 20)
  const loaded = await (await openCache(home)).load()
  expect(Object.keys(loaded).length).toBeGreaterThan(10)
  expect(texts).toMatchObject(loaded)
})

test("a save that is given up rejects and leaves the cache whole", async () => {
  const home = cacheHome()
  await (await openCache(home)).save(TEXTS)
  const { cache } = await openCache(home)
  const stop = new AbortController()
  stop.abort()
  await expect(cache.save(["/p/a.ts"], savedFrom(new Map()), stop.signal)).rejects.toThrow("cancelled")
  expect(await (await openCache(home)).load()).toEqual(TEXTS)
})
