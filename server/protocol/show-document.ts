import type { ClientLink } from "./client-link.ts"
import { fieldsOf } from "./params.ts"

/** Milliseconds that an editor may take to open a document. */
const SHOW_MS = 2000

/** Has the editor open a file that exists; false if it can't, or did not say so in time. Never rejects. */
export async function showDocument(link: ClientLink, uri: string): Promise<boolean> {
  const answer = await link.ask("window/showDocument", { uri, takeFocus: false }, SHOW_MS)
  return fieldsOf(answer?.result)["success"] === true
}

/** LSP's message types. */
const MESSAGE = { error: 1, warning: 2, info: 3 } as const

/** Tells the user one thing. */
export function tellUser(link: ClientLink, message: string, type: keyof typeof MESSAGE = "info"): void {
  link.notify("window/showMessage", { type: MESSAGE[type], message })
}
