import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** Every command the server knows; all carry our prefix. */
export const COMMANDS: readonly string[] = ["pilotlight.status"]

/** Serves `workspace/executeCommand`, at once. A command that is not ours gives null: lsp-mode sends every server each. */
export function registerExecuteCommand({ dispatcher, session }: MethodContext): void {
  dispatcher.onRequest("workspace/executeCommand", params =>
    fieldsOf(params)["command"] === "pilotlight.status" ? session.status() : null,
  )
}
