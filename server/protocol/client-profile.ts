import type { ClientCapabilities } from "vscode-languageserver/node"
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
  readonly workDoneProgress: boolean
  /** File watchers may be registered while running. */
  readonly watchesFiles: boolean
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean
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
    workDoneProgress: capabilities.window?.workDoneProgress === true,
    watchesFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configuration: capabilities.workspace?.configuration === true,
  }
}

function clientName(info: unknown): ClientName {
  if (typeof info !== "string") return "unknown"
  const lower = info.toLowerCase()
  return NAMES.find(([part]) => lower.includes(part))?.[1] ?? "unknown"
}
