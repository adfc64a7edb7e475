import { expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import { PermittedIndex } from "../../server/workspace/permitted-index.ts"
import { factsOf, namesOf, places } from "./symbol-facts.ts"

/** Many files that declare `box`, those with an odd number secret, and one more that declares `lid`. */
function indexOf(): PermittedIndex {
  const interner = new Interner()
  const store = new FactStore(interner)
  for (let file = 0; file < 40; file++) {
    store.replace(factsOf(interner, `/p/${String(file).padStart(2, "0")}.ts`, `+box boxed${file}`))
  }
  store.replace(factsOf(interner, "/p/lid.ts", "+lid"))
  return new PermittedIndex(store, path => !/[13579]\.ts$/.test(path))
}

test("declarations of files that may be told of are found behind any number of others", () => {
  expect(places(indexOf().exact("box", 3))).toEqual(["box@/p/00.ts:0", "box@/p/02.ts:0", "box@/p/04.ts:0"])
  expect(indexOf().exact("box", 100)).toHaveLength(20)
})

test("names that only secret files declare are not known", () => {
  expect(indexOf().exact("boxed7", 5)).toEqual([])
  expect(namesOf(indexOf().prefix("boxed1", 3))).toEqual(["boxed10", "boxed12", "boxed14"])
  expect(namesOf(indexOf().fuzzy("boxed7", 1))).toEqual([])
})

test("nothing is said of a secret file", () => {
  const index = indexOf()
  const [path, word] = ["/p/07.ts", "box"] as const
  expect(index.has(path)).toBe(false)
  expect(index.inFile(path)).toEqual([])
  expect(index.importsOf(path)).toEqual([])
  expect(index.hashOf(path)).toBeNull()
  expect(index.linesOf(path)).toBe(0)
  expect(index.isRough(path)).toBe(false)
  expect(index.holds(path, word)).toBe(false)
  expect([...index.paths()]).not.toContain(path)
  expect(index.filesWith(word, 100)).toHaveLength(20)
  expect(index.filesLike([word], 100).map(like => like.path)).not.toContain(path)
  expect(index.filesSharing(new Map([[word, 1]]), 100)).toHaveLength(20)
})

test("what may be told is told as it is", () => {
  const index = indexOf()
  expect(index.has("/p/08.ts")).toBe(true)
  expect(namesOf(index.inFile("/p/lid.ts"))).toEqual(["lid"])
  expect(index.holds("/p/08.ts", "box")).toBe(true)
  expect(index.exact("box", 0)).toEqual([])
})

test("a file that another index knows is told of by its path alone, if it may be", () => {
  const interner = new Interner()
  const installed = new FactStore(interner)
  installed.replace(factsOf(interner, "/p/node_modules/a.d.ts", "+hinge"))
  installed.replace(factsOf(interner, "/p/node_modules/b.d.ts", "+key"))
  const permits = (path: string): boolean => !path.endsWith("b.d.ts")
  const index = new PermittedIndex(new FactStore(interner), permits, () => installed)
  expect(namesOf(index.inFile("/p/node_modules/a.d.ts"))).toEqual(["hinge"])
  expect(index.exact("hinge", 9)).toEqual([])
  expect(index.has("/p/node_modules/b.d.ts")).toBe(false)
})
