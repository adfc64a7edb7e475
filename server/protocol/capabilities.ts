import { type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node"
import type { ClientProfile } from "./client-profile.ts"
import { commandNames } from "./commands.ts"
import type { Encoding } from "./convert.ts"
import type { Settings } from "./settings.ts"

/** Kinds of code actions there are. */
const ACTION_KIND_NAMES: readonly string[] = [
  "quickfix",
  "refactor.rewrite",
  "refactor.extract",
  "source.fixAll",
  "source.modernise",
  "source.explain",
  "source.review",
]

/** What the server offers; announced once, in the answer to `initialize`. */
export function serverCapabilities(
  encoding: Encoding,
  settings: Settings,
  profile: ClientProfile,
): ServerCapabilities {
  const { triggerCharacters } = settings.completion
  const list = { triggerCharacters: [...triggerCharacters], resolveProvider: false }
  return {
    positionEncoding: encoding,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(settings.completion.list ? { completionProvider: list } : {}),
    // Also for clients that declare no support: lsp-mode says null and still asks.
    inlineCompletionProvider: {},
    codeActionProvider: { codeActionKinds: [...ACTION_KIND_NAMES], resolveProvider: false },
    executeCommandProvider: { commands: [...commandNames(profile.applyEdit)] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  }
}
