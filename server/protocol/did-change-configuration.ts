import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** Serves `workspace/didChangeConfiguration`, which carries settings, or only says that there are new ones to ask for. */
export function registerDidChangeConfiguration(context: MethodContext): void {
  const { dispatcher, session, diagnostics, reviews } = context
  const changed = (): void => {
    diagnostics.settingsChanged()
    reviews.settingsChanged()
  }
  dispatcher.onNotification("workspace/didChangeConfiguration", params => {
    session.configure(fieldsOf(params)["settings"])
    changed()
    if (session.profile.configuration) void session.askForSettings().then(changed)
  })
}
