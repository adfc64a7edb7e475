import type { Dispatcher } from "./dispatcher.ts"
import { fieldsOf } from "./params.ts"

/** Every command the server knows; all carry our prefix. */
export const COMMANDS: readonly string[] = ["pilotlight.status"]

/** Serves `workspace/executeCommand`; `status` gives one sentence on what is indexed. Foreign commands give null. */
export function registerExecuteCommand(dispatcher: Dispatcher, status: () => string): void {
  dispatcher.onRequest("workspace/executeCommand", params => {
    // lsp-mode sends every command to every server, so an unknown one is no error.
    return fieldsOf(params)["command"] === "pilotlight.status" ? status() : null
  })
}
