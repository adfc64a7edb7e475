import { expect, test } from "vitest"
import { type ClientProfile, chooseProfile } from "../../server/protocol/client-profile.ts"

/** The flags that are set for a client, in short. */
function checkProfile(params: unknown, expected: string): void {
  const { name, ...flags } = chooseProfile(params)
  // Whether edits stream is a matter of the editors that can't tell an edit's fate.
  const set = Object.entries(flags).flatMap(([flag, on]) =>
    on === true && flag !== "streamsEdits" ? [flag] : [],
  )
  expect([name satisfies ClientProfile["name"], ...set].join(" ")).toBe(expected)
}

const snippets = { textDocument: { completion: { completionItem: { snippetSupport: true } } } }
const asIs = {
  textDocument: { completion: { completionItem: { insertTextModeSupport: { valueSet: [1, 2] } } } },
}
const dynamic = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, configuration: true } }

test("Neovim needs snippets for several lines, if it takes snippets", () => {
  checkProfile(
    { clientInfo: { name: "Neovim", version: "0.12.4" }, capabilities: snippets },
    "neovim multilineAsSnippet ghostReplacesAfter bareLineFeeds",
  )
  checkProfile(
    { clientInfo: { name: "Neovim" }, capabilities: {} },
    "neovim ghostReplacesAfter bareLineFeeds",
  )
})

test("Helix takes snippets but gets plain text", () => {
  checkProfile({ clientInfo: { name: "helix", version: "25.07" }, capabilities: snippets }, "helix")
})

test("VS Code and its kin get ghost text to the end of the line", () => {
  for (const name of ["Visual Studio Code", "VSCodium", "Cursor"]) {
    checkProfile(
      { clientInfo: { name }, capabilities: asIs },
      "vscode asIsMode inlineToLineEnd ghostReplacesAfter",
    )
  }
})

test("Eglot and lsp-mode are told apart", () => {
  checkProfile({ clientInfo: { name: "Eglot" }, capabilities: dynamic }, "eglot watchesFiles configuration")
  checkProfile({ clientInfo: { name: "emacs" }, capabilities: asIs }, "lsp-mode asIsMode")
})

test("a client that says nothing, or nonsense, is unknown", () => {
  for (const params of [
    null,
    undefined,
    {},
    { capabilities: null, clientInfo: 7 },
    { clientInfo: { name: 7 } },
    [],
  ]) {
    checkProfile(params, "unknown")
  }
})

test("Helix may wait for a list, others not, and nobody is kept waiting by ghost text", () => {
  const listMs = (name: string): number => chooseProfile({ clientInfo: { name } }).holdMs.list
  expect(["helix", "Neovim", "Eglot", "emacs", "Zed", "Sublime Text LSP", "kak-lsp"].map(listMs)).toEqual([
    2000, 100, 100, 100, 100, 100, 100,
  ])
  expect(chooseProfile(null).holdMs).toEqual({ list: 100, ghost: 3000 })
})

test("clients that ask only after a pause are known", () => {
  const where = (name: string): string => chooseProfile({ clientInfo: { name } }).debounces.join(" ")
  expect(["Neovim", "helix", "Eglot", "emacs", "Visual Studio Code"].map(where)).toEqual([
    "ghost",
    "list",
    "ghost",
    "ghost",
    "",
  ])
})

test("what a client lets a server do is what it says", () => {
  checkProfile(
    { capabilities: { workspace: { applyEdit: true }, window: { showDocument: { support: true } } } },
    "unknown applyEdit showDocument",
  )
})
