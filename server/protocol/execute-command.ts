import { commandNamed } from "./commands.ts"
import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** Serves `workspace/executeCommand`, at once. A command that is not ours gives null: lsp-mode sends every server each. */
export function registerExecuteCommand(context: MethodContext): void {
  context.dispatcher.onRequest("workspace/executeCommand", params => {
    const { command, arguments: args } = fieldsOf(params)
    return commandNamed(command)?.run(Array.isArray(args) ? args : [], context) ?? null
  })
}
