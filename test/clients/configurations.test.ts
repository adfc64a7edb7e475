import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { type ParseError, parse } from "jsonc-parser"
import { parse as parseToml } from "smol-toml"
import { expect, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"

const REPOSITORY = resolve(import.meta.dirname, "../..")
const languages = new Languages(readGrammars([join(REPOSITORY, "grammars")], strictLog()))

function textOf(path: string): string {
  return readFileSync(join(REPOSITORY, "clients", path), "utf8")
}

/** A client's settings, in JSON with comments. */
function checkJson(path: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parse(textOf(path), errors)
  expect(errors).toEqual([])
  return value
}

test("Sublime Text's settings start the server for scopes", () => {
  expect(checkJson("sublime/LSP.sublime-settings")).toMatchObject({
    clients: {
      pilotlight: {
        enabled: true,
        command: ["pilotlight", "--stdio"],
        selector: expect.stringContaining("source.ts"),
      },
    },
  })
})

test("Zed's settings put the server beside the main ones", () => {
  expect(checkJson("zed/settings.jsonc")).toMatchObject({
    lsp: { pilotlight: { binary: { path: "pilotlight", arguments: ["--stdio"] } } },
    languages: { TypeScript: { language_servers: ["pilotlight", "..."] } },
  })
})

test("coc.nvim's settings start the server for languages that there are", () => {
  const settings = checkJson("vim/coc-settings.json") as {
    languageserver: { pilotlight: { command: string; filetypes: string[] } }
  }
  const { command, filetypes } = settings.languageserver.pilotlight
  expect(command).toBe("pilotlight")
  expect(filetypes.filter(type => languages.byLanguageId(type) === null)).toEqual([])
})

test("Kakoune's hook holds a table that kak-lsp reads", () => {
  const table = /set-option -add buffer lsp_servers %\{\n([\s\S]*?)\n {4}\}/.exec(
    textOf("kakoune/pilotlight.kak"),
  )
  expect(parseToml(table![1]!)).toMatchObject({ pilotlight: { command: "pilotlight", args: ["--stdio"] } })
})

test("Helix's table names us last for each language", () => {
  const table = parseToml(textOf("helix/languages.toml")) as unknown as {
    language: { name: string; "language-servers": string[] }[]
  }
  expect(table.language.filter(each => each["language-servers"].at(-1) !== "pilotlight")).toEqual([])
})
