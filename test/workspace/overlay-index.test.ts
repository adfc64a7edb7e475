import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import { type OpenFacts, OverlayIndex } from "../../server/workspace/overlay-index.ts"
import { bareName, factsOf, namesOf, places, symbolRows } from "./symbol-facts.ts"

function openFacts(declared: string): OpenFacts {
  const names = declared.split(" ").filter(Boolean)
  return {
    text: names.map(bareName).join(" "),
    facts: {
      names: names.map(bareName),
      symbols: symbolRows(
        names,
        names.map((_, row) => row),
      ),
      signatures: names.map(name => `sig ${bareName(name)}`),
      imports: [],
    },
  }
}

function overlayOf(disk: Record<string, string>, open: Record<string, string>): OverlayIndex {
  const interner = new Interner()
  const base = new FactStore(interner)
  for (const [path, declared] of Object.entries(disk)) base.replace(factsOf(interner, path, declared))
  const overlay = new OverlayIndex(base)
  for (const [path, declared] of Object.entries(open)) overlay.lay(path, openFacts(declared))
  return overlay
}

describe("an open document", () => {
  test("hides its file on disk from every query", () => {
    const index = overlayOf({ "/a": "old shared", "/b": "shared" }, { "/a": "young +shared" })
    expect(places(index.exact("old", 9))).toEqual([])
    expect(places(index.exact("shared", 9))).toEqual(["shared@/a:1", "shared@/b:0"])
    expect(namesOf(index.prefix("", 9))).toEqual(["shared", "young"])
    expect(namesOf(index.fuzzy("od", 9))).toEqual([])
    expect(namesOf(index.inFile("/a"))).toEqual(["young", "shared"])
    expect(namesOf(index.declaredIn("/a", "shared"))).toEqual(["shared"])
    expect(index.filesWith("old", 9)).toEqual([])
    expect(index.filesWith("shared", 9)).toEqual(["/a", "/b"])
    expect([index.fileCount, index.symbolCount]).toEqual([2, 3])
  })
  test("that is new is found beside the files on disk", () => {
    const index = overlayOf({ "/a": "one" }, { "untitled:1": "two" })
    expect(places(index.exact("two", 9))).toEqual(["two@untitled:1:0"])
    expect([index.fileCount, index.symbolCount, index.has("untitled:1")]).toEqual([2, 2, true])
  })
  test("lets what other files declare under the same name be seen", () => {
    const index = overlayOf({ "/a": "+user", "/b": "user" }, { "/a": "other" })
    expect(places(index.prefix("us", 9))).toEqual(["user@/b:0"])
    expect(places(index.fuzzy("ur", 9))).toEqual(["user@/b:0"])
  })
  test("shows its file again when it is lifted", () => {
    const index = overlayOf({ "/a": "old" }, { "/a": "young" })
    index.lift("/a")
    expect(places(index.prefix("", 9))).toEqual(["old@/a:0"])
  })
  test("has its own lines, and no hash as long as it may differ from the disk", () => {
    const index = overlayOf({ "/a": "x y", "/b": "z" }, { "/a": "x" })
    expect([index.linesOf("/a"), index.hashOf("/a"), index.hashOf("/b")]).toEqual([1, null, "z"])
  })
  test("counts among the declarations of a rare name, and hides those of its file", () => {
    const index = overlayOf({ "/a": "user", "/b": "user many many many" }, { "/a": "user" })
    expect(places(index.rare("user", 2) ?? [])).toEqual(["user@/a:0", "user@/b:0"])
    expect([index.rare("user", 1), index.rare("many", 2), index.rare("none", 2)]).toEqual([null, null, []])
  })
  test("holds a word only where it stands whole", () => {
    const index = overlayOf({}, { "/a": "xuser user2 $user", "/b": "user" })
    expect(index.filesWith("user", 9)).toEqual(["/b"])
    expect(index.filesWith("", 9)).toEqual([])
  })
})

const declared = fc
  .array(fc.constantFrom("a", "+a", "ab", "abc", "+b", "__proto__"), { maxLength: 5 })
  .map(words => words.join(" "))
const files = fc.dictionary(fc.constantFrom("/1", "/2", "/3", "/4"), declared)

test("the answers are those of a store that holds the open texts", () => {
  fc.assert(
    fc.property(files, files, fc.integer({ min: 0, max: 6 }), (disk, open, limit) => {
      const overlay = overlayOf(disk, open)
      const whole = overlayOf({ ...disk, ...open }, {})
      expect([overlay.fileCount, overlay.symbolCount]).toEqual([whole.fileCount, whole.symbolCount])
      for (const word of ["a", "ab", "b", "__proto__", "zz"]) {
        expect(places(overlay.exact(word, 99)).sort()).toEqual(places(whole.exact(word, 99)).sort())
        expect(overlay.exact(word, limit)).toHaveLength(whole.exact(word, limit).length)
        expect(namesOf(overlay.prefix(word, limit))).toEqual(namesOf(whole.prefix(word, limit)))
        expect(namesOf(overlay.fuzzy(word, 99)).sort()).toEqual(namesOf(whole.fuzzy(word, 99)).sort())
        expect([...overlay.filesWith(word, 99)].sort()).toEqual([...whole.filesWith(word, 99)].sort())
        expect(overlay.filesWith(word, limit)).toHaveLength(whole.filesWith(word, limit).length)
        expect(overlay.filesWithCount(word)).toBe(whole.filesWithCount(word))
        for (const path of overlay.paths()) expect(overlay.holds(path, word)).toBe(whole.holds(path, word))
      }
      expect([...overlay.paths()].sort()).toEqual([...whole.paths()].sort())
      for (const words of [
        ["a", "ab"],
        ["b", "abc", "__proto__", "a"],
      ]) {
        expect(overlay.filesLike(words, limit, "/3")).toEqual(whole.filesLike(words, limit, "/3"))
      }
    }),
  )
})
