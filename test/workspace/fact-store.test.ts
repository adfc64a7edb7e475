import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { TimeSlice } from "../../server/base/time-slice.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import type { FileFacts, SymbolIndex } from "../../server/workspace/file-facts.ts"
import { factsOf, namesOf, places } from "./symbol-facts.ts"

function storeOf(files: Record<string, string>): FactStore {
  const interner = new Interner()
  const store = new FactStore(interner)
  for (const [path, declared] of Object.entries(files)) store.replace(factsOf(interner, path, declared))
  return store
}

describe("a query", () => {
  test("by exact name gives exported declarations first, then by path and place", () => {
    const store = storeOf({ "/b": "user +user", "/a": "user other user", "/c": "+user" })
    expect(places(store.exact("user", 10))).toEqual([
      "user@/b:1",
      "user@/c:0",
      "user@/a:0",
      "user@/a:2",
      "user@/b:0",
    ])
    expect(places(store.exact("user", 2))).toEqual(["user@/b:1", "user@/c:0"])
    expect(store.exact("use", 10)).toEqual([])
  })
  test("gives everything known of a symbol", () => {
    expect(storeOf({ "/a": "+Box Box.open" }).exact("open", 1)).toEqual([
      {
        name: "open",
        kind: "function",
        path: "/a",
        start: 1,
        end: 2,
        nameStart: 1,
        line: 1,
        container: "Box",
        signature: "sig open",
        exported: false,
      },
    ])
  })
  test("of a rare name gives all of them as they stand after every change, or none if there are too many", () => {
    const interner = new Interner()
    const store = new FactStore(interner)
    store.replace(factsOf(interner, "/b", "user other user"))
    expect([store.rare("user", 2), store.rare("user", 1)].map(hits => hits && places(hits))).toEqual([
      ["user@/b:0", "user@/b:2"],
      null,
    ])
    store.replace(factsOf(interner, "/a", "+user"))
    expect(places(store.rare("user", 3) ?? [])).toEqual(["user@/a:0", "user@/b:0", "user@/b:2"])
    store.remove("/b")
    expect(places(store.rare("user", 3) ?? [])).toEqual(["user@/a:0"])
  })
  test("by prefix gives each name once, in order, with its case", () => {
    const store = storeOf({ "/a": "getUser getAll GetX", "/b": "+getUser set" })
    expect(places(store.prefix("get", 10))).toEqual(["getAll@/a:1", "getUser@/b:0"])
    expect(places(store.prefix("get", 1))).toEqual(["getAll@/a:1"])
    expect(store.prefix("get", 0)).toEqual([])
    expect(namesOf(store.prefix("", 10))).toEqual(["GetX", "getAll", "getUser", "set"])
  })
  test("by subsequence puts starts of words and runs first", () => {
    const store = storeOf({ "/a": "tsModuleBase getTestSymbolName gets_main_base target isMobile" })
    expect(namesOf(store.fuzzy("tsmb", 10))).toEqual(["tsModuleBase", "gets_main_base", "getTestSymbolName"])
    expect(namesOf(store.fuzzy("GTSN", 10))).toEqual(["getTestSymbolName", "gets_main_base"])
    expect(namesOf(store.fuzzy("tar", 1))).toEqual(["target"])
    expect(store.fuzzy("zzz", 10)).toEqual([])
  })
  test("by file gives its symbols in order", () => {
    const store = storeOf({ "/a": "b a c", "/b": "d" })
    expect(namesOf(store.inFile("/a"))).toEqual(["b", "a", "c"])
    expect(store.inFile("/a").map(hit => hit.signature)).toEqual(["sig b", "sig a", "sig c"])
    expect(store.inFile("/none")).toEqual([])
    expect(places(store.declaredIn("/a", "a"))).toEqual(["a@/a:1"])
    expect(store.declaredIn("/a", "d")).toEqual([])
  })
  test("by word gives the files that hold it", () => {
    const store = storeOf({ "/a": "x y", "/b": "y z", "/c": "x" })
    expect(store.filesWith("y", 10)).toEqual(["/a", "/b"])
    expect(store.filesWith("y", 1)).toEqual(["/a"])
    expect(store.filesWith("unknown", 10)).toEqual([])
  })
  test("by words gives the files that share most of the rare ones", () => {
    const store = storeOf({ "/a": "common rare", "/b": "common other", "/c": "common", "/d": "" })
    expect(store.filesWithCount("common")).toBe(3)
    expect(store.filesLike(["common", "rare", "common", "unknown"], 2)).toEqual([
      { path: "/a", score: 3.544921875 },
      { path: "/b", score: 1.22265625 },
    ])
    expect(store.filesLike(["common", "rare"], 9, "/a").map(({ path }) => path)).toEqual(["/b", "/c"])
    expect(store.filesLike(["unknown"], 9)).toEqual([])
    expect(store.filesSharing(new Map([["other", 2]]), 9)).toEqual([{ path: "/b", score: 2 }])
  })
  test("by path gives what was read of the file", () => {
    const store = storeOf({ "/a": "x y" })
    expect([...store.paths()]).toEqual(["/a"])
    expect([store.hashOf("/a"), store.linesOf("/a"), store.isRough("/a")]).toEqual(["x y", 2, false])
    expect([store.hashOf("/b"), store.linesOf("/b"), store.isRough("/b")]).toEqual([null, 0, false])
    expect([store.holds("/a", "x"), store.holds("/a", "z"), store.holds("/b", "x")]).toEqual([
      true,
      false,
      false,
    ])
  })
  test("takes names that objects have by nature for names like others", () => {
    const store = storeOf({ "/a": "__proto__ constructor toString", __proto__: "hasOwnProperty" })
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(places(store.exact(name, 10))).toHaveLength(1)
    }
    expect(namesOf(store.prefix("__", 10))).toEqual(["__proto__"])
    expect(store.exact("valueOf", 10)).toEqual([])
    expect(store.importsOf("constructor")).toEqual([])
  })
})

test("replacing a file forgets all that was known of it", () => {
  const interner = new Interner()
  const store = new FactStore(interner)
  store.replace(factsOf(interner, "/a", "old shared"))
  store.replace(factsOf(interner, "/b", "shared"))
  store.replace(factsOf(interner, "/a", "new"))
  expect(places([...store.exact("old", 9), ...store.exact("shared", 9), ...store.exact("new", 9)])).toEqual([
    "shared@/b:0",
    "new@/a:0",
  ])
  expect(store.prefix("o", 9)).toEqual([])
  expect(store.filesWith("old", 9)).toEqual([])
  expect([store.fileCount, store.symbolCount, store.lineCount]).toEqual([2, 2, 2])
})

describe("a file whose content was parsed under another path", () => {
  const rough = (path: string): FileFacts => ({
    ...factsOf(interner, path, "+f g"),
    symbols: new Int32Array(),
    signatures: "",
    rough: true,
    mtimeMs: 9,
  })
  const interner = new Interner()

  test("takes over the facts of a file that is there, or just went", () => {
    const store = new FactStore(interner)
    store.replace(factsOf(interner, "/old", "+f g"))
    store.replace(rough("/copy"))
    expect(store.takeOver("/copy")).toBe(true)
    store.remove("/old")
    store.remove("/copy")
    store.replace(rough("/moved"))
    expect([store.isRough("/moved"), store.takeOver("/moved"), store.isRough("/moved")]).toEqual([
      true,
      true,
      false,
    ])
    expect(places(store.exact("f", 9))).toEqual(["f@/moved:0"])
    expect(store.factsOf("/moved")?.mtimeMs).toBe(9)
  })
  test("keeps its own where there is none such, or none any more", async () => {
    const store = new FactStore(interner)
    store.replace({ ...factsOf(interner, "/other-language", "+f g"), language: "python" })
    store.replace(rough("/rough"))
    store.replace(rough("/new"))
    expect(store.takeOver("/new")).toBe(false)
    store.replace(factsOf(interner, "/old", "+f g"))
    store.remove("/old")
    await store.tidy(new TimeSlice(1000), true)
    expect([store.takeOver("/new"), store.takeOver("/unknown")]).toEqual([false, false])
  })
})

const word = fc.constantFrom("a", "ab", "abc", "b", "Ab", "_a", "constructor", "__proto__")
const declared = fc.array(word, { maxLength: 6 }).map(words => words.join(" "))
const step = fc.tuple(fc.constantFrom("/1", "/2", "/3", "/4"), fc.option(declared))

/** Everything the queries say, as text that does not depend on the order of the steps. */
function told(index: SymbolIndex, words: readonly string[]): string {
  const lines = words.flatMap(word => [
    ...places(index.exact(word, 99)),
    ...places(index.prefix(word, 99)),
    ...places(index.fuzzy(word, 99)).sort(),
    ...index.filesWith(word, 99),
    `${index.filesWithCount(word)} files hold ${word}: ${[...index.paths()].filter(path => index.holds(path, word)).sort()}`,
  ])
  const like = [words, words.slice(1, 3)].map(some => JSON.stringify(index.filesLike(some, 99, "/2")))
  return [index.fileCount, index.symbolCount, ...lines, ...like].join("\n")
}

test("after any replacements and removals the answers are those of a new store", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step), fc.infiniteStream(fc.nat(3)), async (steps, also) => {
      const interner = new Interner()
      const changed = new FactStore(interner)
      const left = new Map<string, string>()
      for (const [path, words] of steps) {
        if (words === null) expect(changed.remove(path)).toBe(left.delete(path))
        else {
          changed.replace(factsOf(interner, path, words))
          left.set(path, words)
        }
        // What is done ahead or later never shows.
        const chore = also.next().value
        if (chore === 1) await changed.tidy(new TimeSlice(1000), true)
        if (chore === 2) await changed.announce(factsOf(interner, "/never", "ab _b"), new TimeSlice(1000))
      }
      const words = ["a", "ab", "abc", "b", "Ab", "_a", "constructor", "__proto__"]
      expect(told(changed, words)).toBe(told(storeOf(Object.fromEntries(left)), words))
    }),
  )
})
