import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createLog } from "../../server/base/log.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"

let root = ""
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "grammars-"))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(folder: string, name: string, text: string): string {
  mkdirSync(join(root, folder, name), { recursive: true })
  writeFileSync(join(root, folder, name, "manifest.json"), text)
  return join(root, folder)
}

function read(folders: readonly string[]): { names: string[]; warnings: string[] } {
  const warnings: string[] = []
  const log = createLog((_level, line) => warnings.push(line.replaceAll(root, "")), "warn")
  const names = readGrammars(folders, log).map(
    manifest => `${manifest.name} ${manifest.lexicon.keywords.join(" ")}`,
  )
  return { names, warnings }
}

test("a language extends another over any number of steps", () => {
  const folder = write("a", "one", `{"name": "one", "lexicon": {"keywords": "if"}}`)
  write("a", "two", `{"extends": "one", "name": "two"}`)
  write("a", "three", `{"extends": "two", "name": "three"}`)
  expect(read([folder])).toEqual({ names: ["one if", "three if", "two if"], warnings: [] })
})

test("a later folder replaces a language of an earlier one", () => {
  const first = write("a", "one", `{"name": "one", "lexicon": {"keywords": "if"}}`)
  const second = write("b", "one", `{"name": "one", "lexicon": {"keywords": "when"}}`)
  expect(read([first, second, join(root, "absent")]).names).toEqual(["one when"])
})

test("a broken manifest costs one warning and no other language", () => {
  const folder = write("a", "good", `{"name": "good", "lexicon": {}}`)
  write("a", "circle", `{"extends": "circle", "name": "circle"}`)
  write("a", "list", `[]`)
  write("a", "typo", `{"name": "typo", "lexicon": {}, "nodez": {}}`)
  write("a", "comma", `{"name": "comma",}`)
  const { names, warnings } = read([folder])
  expect(names).toEqual(["good "])
  expect(warnings.map(line => line.replace(/read: .*/s, "read"))).toMatchInlineSnapshot(`
    [
      "language left out: /a/comma/manifest.json can't be read",
      "language left out: /a/list/manifest.json must hold an object",
      "language left out: /a/circle/manifest.json.extends must name another language that does not extend this one",
      "language left out: /a/typo/manifest.json.nodez is not a known field",
    ]
  `)
})
