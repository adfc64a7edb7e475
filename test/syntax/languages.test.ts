import { expect, test } from "vitest"
import { Languages } from "../../server/syntax/languages.ts"
import { parseManifest } from "../../server/syntax/manifest.ts"

const languages = new Languages([
  parseManifest({ name: "shout", extensions: [".sh", ".d.sh"], languageIds: ["yell"], lexicon: {} }, "a"),
  parseManifest({ name: "make", fileNames: ["Makefile"], extensions: [".mk"], lexicon: {} }, "b"),
  parseManifest({ name: "quiet", extensions: [".d.sh"], lexicon: {} }, "c"),
])

test.each([
  ["/a/b.sh", "shout"],
  ["/a/B.SH", "shout"],
  ["C:\\a\\b.mk", "make"],
  ["/a.mk/Makefile", "make"],
  ["/a/b.c.d.sh", "quiet"],
  ["/a/.sh", "shout"],
  ["/a.sh/b", null],
  ["/a/b", null],
  ["", null],
])("the language of the path %s is %s", (path, name) => {
  expect(languages.byPath(path)?.name ?? null).toBe(name)
})

test("a language is found by the editor's name for it and by its own", () => {
  expect(languages.byLanguageId("yell")?.name).toBe("shout")
  expect(languages.byLanguageId("make")?.name).toBe("make")
  expect(languages.byLanguageId("none")).toBeNull()
  expect(languages.byName("quiet")?.name).toBe("quiet")
  expect(languages.byName("yell")).toBeNull()
})
