import { pathOfUri } from "../workspace/file-uri.ts"
import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** What `client/registerCapability` asks of clients that watch files on request: every file, as rules are ours to know. */
export const WATCH_REGISTRATION: { readonly registrations: readonly object[] } = {
  registrations: [
    {
      id: "pilotlight/watch",
      method: "workspace/didChangeWatchedFiles",
      registerOptions: { watchers: [{ globPattern: "**/*" }] },
    },
  ],
}

/** Serves `workspace/didChangeWatchedFiles`. */
export function registerWatchedFiles({ dispatcher, session }: MethodContext): void {
  dispatcher.onNotification("workspace/didChangeWatchedFiles", params => {
    const changes = fieldsOf(params)["changes"]
    if (!Array.isArray(changes)) return
    const paths = changes.flatMap(change => {
      const { uri } = fieldsOf(change)
      const path = typeof uri === "string" ? pathOfUri(uri) : null
      return path === null ? [] : [path]
    })
    session.filesChanged(paths)
  })
}
