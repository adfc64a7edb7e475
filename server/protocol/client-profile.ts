import type { ClientCapabilities } from "vscode-languageserver/node"
import type { Surface } from "../features/completion/gates.ts"
import { fieldsOf } from "./params.ts"

/** Editors whose behaviour differs from what their capabilities say. */
type ClientName =
  | "neovim"
  | "helix"
  | "eglot"
  | "lsp-mode"
  | "vscode"
  | "zed"
  | "sublime"
  | "kakoune"
  | "unknown"

/** What one editor needs; chosen once, from capabilities first and the client's name second. */
export interface ClientProfile {
  readonly name: ClientName
  /** Items of several lines must be snippets with relative indentation: Neovim inserts one line of a plain edit. */
  readonly multilineAsSnippet: boolean
  /** `insertTextMode: 1` (as is) is understood, and needed where the editor would re-indent. */
  readonly asIsMode: boolean
  /** Ghost text of several lines must replace the rest of the line: VS Code shows it no other way. */
  readonly inlineToLineEnd: boolean
  /** Ghost text may replace what stands right of the cursor. */
  readonly ghostReplacesAfter: boolean
  /**
   * Ghost text and snippets must have bare line feeds, even where the client's own text has CRLF: Neovim would keep each CR
   * as a letter.
   */
  readonly bareLineFeeds: boolean
  /** Where an item's command is run when it is accepted, without harm. */
  readonly runsItemCommand: readonly Surface[]
  /** Where the editor itself waits for a pause in typing before it asks. */
  readonly debounces: readonly Surface[]
  /** Most ms that an answer waits for a model. */
  readonly holdMs: Readonly<Record<Surface, number>>
  /** Lets a server change documents. */
  readonly applyEdit: boolean
  /** Edits may be sent while the text they make is still being written: each is checked against its version. */
  readonly streamsEdits: boolean
  /** Shows which code actions a model makes (LSP's tag 1). */
  readonly modelTag: boolean
  /** Opens documents that a server names. */
  readonly showDocument: boolean
  readonly workDoneProgress: boolean
  /** File watchers may be registered while running. */
  readonly watchesFiles: boolean
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean
}

/**
 * A list that comes late keeps the main server's menu from opening in most editors. Ghost text keeps nothing waiting: where
 * there is nothing to show, a slow model's answer is better than none, and the next key ends the wait.
 */
const HOLD_MS: ClientProfile["holdMs"] = { list: 100, ghost: 3000 }

/** Helix opens its menu with the first answer and adds the late ones. */
const HELIX_LIST_MS = 2000

/** `LLMGenerated`. */
const MODEL_TAG = 1

const BOTH: readonly Surface[] = ["ghost", "list"]

/** Eglot has no ghost text of its own; our client's runs the command. lsp-mode would send it to every server. */
const RUNS_ITEM_COMMAND: Partial<Record<ClientName, readonly Surface[]>> = {
  neovim: BOTH,
  vscode: BOTH,
  eglot: ["ghost"],
}

/** Neovim waits 200 ms, Helix 250 ms, lsp-mode 2 s, our ghost text in Eglot 50 ms. */
const DEBOUNCES: Partial<Record<ClientName, readonly Surface[]>> = {
  neovim: ["ghost"],
  helix: ["list"],
  "lsp-mode": ["ghost"],
  eglot: ["ghost"],
}

const NAMES: readonly (readonly [part: string, name: ClientName])[] = [
  ["neovim", "neovim"],
  ["helix", "helix"],
  ["eglot", "eglot"],
  ["emacs", "lsp-mode"],
  ["visual studio code", "vscode"],
  ["vscod", "vscode"],
  ["cursor", "vscode"],
  ["zed", "zed"],
  ["sublime", "sublime"],
  ["kak", "kakoune"],
]

/** The profile for the parameters of `initialize`, any part of which may be missing or malformed. */
export function chooseProfile(params: unknown): ClientProfile {
  const fields = fieldsOf(params)
  const capabilities = fieldsOf(fields["capabilities"]) as ClientCapabilities
  const name = clientName(fieldsOf(fields["clientInfo"])["name"])
  const item = capabilities.textDocument?.completion?.completionItem
  const modes = item?.insertTextModeSupport?.valueSet
  return {
    name,
    multilineAsSnippet: name === "neovim" && item?.snippetSupport === true,
    asIsMode: Array.isArray(modes) && modes.includes(1),
    inlineToLineEnd: name === "vscode",
    ghostReplacesAfter: name === "neovim" || name === "vscode",
    bareLineFeeds: name === "neovim",
    runsItemCommand: RUNS_ITEM_COMMAND[name] ?? [],
    debounces: DEBOUNCES[name] ?? [],
    holdMs: name === "helix" ? { ...HOLD_MS, list: HELIX_LIST_MS } : HOLD_MS,
    applyEdit: capabilities.workspace?.applyEdit === true,
    streamsEdits:
      name !== "kakoune" && !(name === "eglot" && isOlder(fieldsOf(fields["clientInfo"])["version"], 1, 22)),
    modelTag: capabilities.textDocument?.codeAction?.tagSupport?.valueSet?.includes(MODEL_TAG) === true,
    showDocument: capabilities.window?.showDocument?.support === true,
    workDoneProgress: capabilities.window?.workDoneProgress === true,
    watchesFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configuration: capabilities.workspace?.configuration === true,
  }
}

/** Whether a version is below `major.minor`, or says nothing. */
function isOlder(version: unknown, major: number, minor: number): boolean {
  const [, first = "0", second = "0"] = /(\d+)\.(\d+)/.exec(String(version)) ?? []
  return Number(first) < major || (Number(first) === major && Number(second) < minor)
}

function clientName(info: unknown): ClientName {
  if (typeof info !== "string") return "unknown"
  const lower = info.toLowerCase()
  return NAMES.find(([part]) => lower.includes(part))?.[1] ?? "unknown"
}
