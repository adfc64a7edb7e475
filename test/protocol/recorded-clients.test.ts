import { expect, test } from "vitest"
import { readIntroduction } from "../../server/protocol/initialize.ts"

const ROOT = "file:///project"
const FOLDERS = [{ uri: ROOT, name: "/project" }]
const DYNAMIC = { dynamicRegistration: true, relativePatternSupport: true }
const AS_IS_OR_ADJUSTED = { insertTextModeSupport: { valueSet: [1, 2] } }

/** What decides in a client's `initialize`, as recorded. */
function params(
  client: Record<string, unknown>,
  item: Record<string, unknown>,
  encodings: readonly string[] | null,
  watch: unknown = DYNAMIC,
): Record<string, unknown> {
  return {
    processId: 1,
    rootPath: "/project",
    rootUri: ROOT,
    initializationOptions: { fromInit: 1 },
    ...client,
    capabilities: {
      ...(encodings === null ? {} : { general: { positionEncodings: encodings } }),
      textDocument: { completion: { completionItem: item } },
      ...(encodings === null
        ? { workspace: { workspaceFolders: false, configuration: false } }
        : {
            window: { workDoneProgress: true },
            workspace: { configuration: true, didChangeWatchedFiles: watch, workspaceFolders: true },
          }),
    },
  }
}

/** Name, encoding, roots and set flags, in one line. */
function checkClient(recorded: Record<string, unknown>, expected: string): void {
  const { profile, encoding, roots, merged } = readIntroduction(recorded)
  const { name, ...flags } = profile
  // Whether edits stream is a matter of the editors that can't tell an edit's fate.
  const set = Object.entries(flags).flatMap(([flag, on]) =>
    on === true && flag !== "streamsEdits" ? [flag] : [],
  )
  expect([name, encoding, ...roots, ...set].join(" ")).toBe(expected)
  expect(merged.complaints).toEqual([])
}

test("Neovim 0.12", () => {
  const client = {
    clientInfo: { name: "Neovim", version: "0.12.4" },
    workspaceFolders: FOLDERS,
    workDoneToken: "1",
  }
  const item = { snippetSupport: true, preselectSupport: false }
  const watch = { dynamicRegistration: false, relativePatternSupport: true }
  checkClient(
    params(client, item, ["utf-8", "utf-16", "utf-32"], watch),
    "neovim utf-16 /project multilineAsSnippet ghostReplacesAfter bareLineFeeds workDoneProgress configuration",
  )
})

test("Neovim 0.12 on a single file", () => {
  const client = { clientInfo: { name: "Neovim" }, workspaceFolders: null, rootUri: null, rootPath: null }
  checkClient(
    params(client, {}, ["utf-8", "utf-16", "utf-32"], {}),
    "neovim utf-16 ghostReplacesAfter bareLineFeeds workDoneProgress configuration",
  )
})

test("Helix, whose root is a path only", () => {
  const client = {
    clientInfo: { name: "helix", version: "25.07.1" },
    initializationOptions: { a: 1, sub: { b: 2 } },
    rootUri: null,
    workspaceFolders: [],
  }
  checkClient(
    params(client, { snippetSupport: true }, ["utf-8", "utf-32", "utf-16"]),
    "helix utf-16 /project workDoneProgress watchesFiles configuration",
  )
})

test("Eglot 1.17 and 1.24", () => {
  for (const clientInfo of [{ name: "Eglot", version: "1.17.30" }, { name: "Eglot" }]) {
    checkClient(
      params({ clientInfo, workspaceFolders: FOLDERS }, { snippetSupport: false }, [
        "utf-32",
        "utf-8",
        "utf-16",
      ]),
      "eglot utf-16 /project workDoneProgress watchesFiles configuration",
    )
  }
})

test("lsp-mode 10, which has no workspace folders in its introduction", () => {
  const clientInfo = {
    name: "emacs",
    version: "GNU Emacs 30.2 (build 2, x86_64-pc-linux-gnu)\n of 2026-08-15",
  }
  checkClient(
    params({ clientInfo }, { snippetSupport: false, ...AS_IS_OR_ADJUSTED }, ["utf-32", "utf-8", "utf-16"]),
    "lsp-mode utf-16 /project asIsMode workDoneProgress watchesFiles configuration",
  )
})

test("ALE, which says neither its name nor its encodings", () => {
  checkClient(params({}, { snippetSupport: false, preselectSupport: false }, null), "unknown utf-16 /project")
})

test("VS Code", () => {
  const client = { clientInfo: { name: "Visual Studio Code", version: "1.110" }, workspaceFolders: FOLDERS }
  const item = { snippetSupport: true, preselectSupport: true, ...AS_IS_OR_ADJUSTED }
  checkClient(
    params(client, item, ["utf-16"]),
    "vscode utf-16 /project asIsMode inlineToLineEnd ghostReplacesAfter workDoneProgress watchesFiles configuration",
  )
})
