import { registerCodeAction } from "./code-action.ts"
import { registerCompletion } from "./completion.ts"
import { registerDidChangeConfiguration } from "./did-change-configuration.ts"
import { registerWatchedFiles } from "./did-change-watched-files.ts"
import { registerWorkspaceFolders } from "./did-change-workspace-folders.ts"
import { registerExecuteCommand } from "./execute-command.ts"
import { registerInlineCompletion } from "./inline-completion.ts"
import { registerLifecycle } from "./lifecycle.ts"
import type { MethodContext } from "./method-context.ts"
import { registerTextSync } from "./text-sync.ts"
import { registerProgressCancel } from "./work-progress.ts"

/** Registers every method the server knows. */
export function registerMethods(context: MethodContext): void {
  registerLifecycle(context)
  registerTextSync(context)
  registerInlineCompletion(context)
  registerCompletion(context)
  registerCodeAction(context)
  registerExecuteCommand(context)
  registerProgressCancel(context)
  registerDidChangeConfiguration(context)
  registerWatchedFiles(context)
  registerWorkspaceFolders(context)
}
