import type { ClientSession } from "./client-session.ts"
import type { Dispatcher } from "./dispatcher.ts"
import { registerExecuteCommand } from "./execute-command.ts"
import type { Inbox } from "./inbox.ts"
import { registerLifecycle } from "./lifecycle.ts"

/** What the methods of one connection work with. */
export interface MethodContext {
  readonly dispatcher: Dispatcher
  readonly session: ClientSession
  readonly inbox: Inbox
  /** The program's version. */
  readonly version: string
  /** Ends the connection; the number is the exit code. */
  readonly exit: (code: number) => void
}

/** Registers every method the server knows. */
export function registerMethods(context: MethodContext): void {
  registerLifecycle(context)
  registerExecuteCommand(context.dispatcher, () => context.session.status())
}
