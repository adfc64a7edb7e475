import { createRequire } from "node:module"
import { describe, expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { createNativeParsers } from "../../server/syntax/native-parser.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"
import { OpenDocuments } from "../../server/workspace/open-documents.ts"
import { factsOf, places } from "./symbol-facts.ts"
import { GRAMMARS, LogLines } from "./temp-project.ts"

const { log } = new LogLines()
const languages = new Languages(readGrammars([GRAMMARS], log))
const parsers = createNativeParsers(createRequire(import.meta.url), log)

function opened(disk: Record<string, string> = {}): OpenDocuments {
  const interner = new Interner()
  const base = new FactStore(interner)
  for (const [path, declared] of Object.entries(disk)) base.replace(factsOf(interner, path, declared))
  return new OpenDocuments({ base, languages, parsers })
}

async function found(documents: OpenDocuments, prefix = ""): Promise<string[]> {
  await documents.settled()
  return places(documents.index.prefix(prefix, 99))
}

describe("the index", () => {
  test("tells of the open text, and of the disk again once it is closed", async () => {
    const documents = opened({ "/a.ts": "old", "/b.ts": "other" })
    documents.open("file:///a.ts", "typescript", 0, "let young")
    expect(await found(documents)).toEqual(["other@/b.ts:0", "young@/a.ts:0"])
    documents.close("file:///a.ts")
    expect(await found(documents)).toEqual(["old@/a.ts:0", "other@/b.ts:0"])
  })
  test("follows edits", async () => {
    const documents = opened()
    documents.open("file:///a.ts", "typescript", 0, "let one\nlet two\n")
    await documents.settled()
    documents.change("file:///a.ts", [{ start: 4, end: 7, text: "three" }], 1)
    documents.change("file:///a.ts", [{ start: 0, end: 0, text: "\r\n// 😀\r\n" }], 2)
    expect(await found(documents)).toEqual(["three@/a.ts:2", "two@/a.ts:3"])
  })
  test("keeps what it knew of the disk while there is no parser for the language", async () => {
    const documents = opened({ "/a.xyz": "old" })
    documents.open("file:///a.xyz", "", 0, "new")
    expect(await found(documents)).toEqual(["old@/a.xyz:0"])
  })
  test("knows documents that are no files by their URI", async () => {
    const documents = opened()
    documents.open("untitled:Untitled-1", "typescript", 0, "let draft")
    expect(await found(documents)).toEqual(["draft@untitled:Untitled-1:0"])
    expect(documents.get("untitled:Untitled-1")?.path).toBeNull()
  })
  test("tells of a document that is still open under another spelling of its URI", async () => {
    const documents = opened({ "/a.ts": "old" })
    documents.open("file:///a.ts", "typescript", 0, "let one")
    documents.open("file:///%61.ts", "typescript", 0, "let two")
    await documents.settled()
    documents.close("file:///%61.ts")
    expect(await found(documents)).toEqual(["one@/a.ts:0"])
  })
  test("is not said to be settled by a document that is opened anew", async () => {
    const documents = opened()
    documents.open("file:///a.ts", "typescript", 0, "let one")
    const settled = documents.settled()
    documents.open("file:///a.ts", "typescript", 0, "let two")
    await settled
    expect(places(documents.index.prefix("", 99))).toEqual(["two@/a.ts:0"])
  })
  test("is brought up to date a stretch at a time for many large documents", async () => {
    const documents = opened()
    const text = Array.from({ length: 4000 }, (_, i) => `let name${i} = { a: [${i}] }`).join("\n")
    for (const file of ["a", "b", "c"]) documents.open(`file:///${file}.ts`, "typescript", 0, text)
    await documents.settled()
    expect(documents.index.symbolCount).toBe(12_000)
  })
})

describe("a document", () => {
  test("takes several changes in order, at the version told", () => {
    const documents = opened()
    documents.open("file:///a.ts", "typescript", 7, "ab")
    documents.change(
      "file:///a.ts",
      [
        { start: 2, end: 2, text: "cd" },
        { start: 3, end: 4, text: "\ne" },
      ],
      12,
    )
    expect(documents.get("file:///a.ts")).toMatchObject({ text: "abc\ne", version: 12 })
    documents.change("file:///a.ts", [], 13)
    expect(documents.get("file:///a.ts")).toMatchObject({ text: "abc\ne", version: 13 })
  })
  test("gets its language from the client, else from its path", () => {
    const documents = opened()
    const checkLanguage = (uri: string, languageId: string, expected: string | null): void => {
      documents.open(uri, languageId, 0, "")
      expect(documents.get(uri)?.language).toBe(expected)
    }
    checkLanguage("file:///a.js", "typescript", "typescript")
    checkLanguage("file:///a.ts", "", "typescript")
    checkLanguage("file:///a.ts", "no-such-language", "typescript")
    checkLanguage("untitled:x", "", null)
  })
  test("can be opened twice and closed twice", async () => {
    const documents = opened()
    documents.open("file:///a.ts", "typescript", 0, "let one")
    documents.open("file:///a.ts", "typescript", 0, "let two")
    expect(await found(documents)).toEqual(["two@/a.ts:0"])
    documents.close("file:///a.ts")
    documents.close("file:///a.ts")
    documents.change("file:///a.ts", [{ start: 0, end: 0, text: "x" }], 1)
    expect(documents.get("file:///a.ts")).toBeNull()
    expect(await found(documents)).toEqual([])
  })
  test("is let go with all others", async () => {
    const documents = opened()
    documents.open("file:///a.ts", "typescript", 0, "let one")
    documents.dispose()
    await documents.settled()
    expect(documents.all()).toEqual([])
  })
})
