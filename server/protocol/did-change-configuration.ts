import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** Serves `workspace/didChangeConfiguration`, which carries settings, or only says that there are new ones to ask for. */
export function registerDidChangeConfiguration({ dispatcher, session, diagnostics }: MethodContext): void {
  dispatcher.onNotification("workspace/didChangeConfiguration", params => {
    session.configure(fieldsOf(params)["settings"])
    diagnostics.settingsChanged()
    if (session.profile.configuration) void session.askForSettings().then(() => diagnostics.settingsChanged())
  })
}
