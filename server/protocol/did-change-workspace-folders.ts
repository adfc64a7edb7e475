import { folderPaths } from "./initialize.ts"
import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** Serves `workspace/didChangeWorkspaceFolders`. */
export function registerWorkspaceFolders({ dispatcher, session }: MethodContext): void {
  dispatcher.onNotification("workspace/didChangeWorkspaceFolders", params => {
    const { added, removed } = fieldsOf(fieldsOf(params)["event"])
    session.changeFolders(folderPaths(removed), folderPaths(added))
  })
}
