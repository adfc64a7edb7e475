import { serverCapabilities } from "./capabilities.ts"
import { readIntroduction } from "./initialize.ts"
import type { MethodContext } from "./method-context.ts"

/** Serves `initialize`, `initialized`, `shutdown` and `exit`. */
export function registerLifecycle({ dispatcher, session, version, exit }: MethodContext): void {
  let wasShutDown = false
  dispatcher.onRequest("initialize", params => {
    const introduction = readIntroduction(params)
    session.introduce(introduction)
    return {
      capabilities: serverCapabilities(introduction.encoding, session.settings, introduction.profile),
      serverInfo: { name: "pilotlight", version },
    }
  })
  dispatcher.onNotification("initialized", () => session.start())
  dispatcher.onRequest("shutdown", () => {
    wasShutDown = true
    return null
  })
  dispatcher.onNotification("exit", () => exit(wasShutDown ? 0 : 1))
}
