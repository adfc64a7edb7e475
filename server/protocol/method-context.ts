import type { Log } from "../base/log.ts"
import type { Actions } from "../features/actions/actions.ts"
import type { ClientLink } from "./client-link.ts"
import type { ClientSession } from "./client-session.ts"
import type { Dispatcher } from "./dispatcher.ts"
import type { Inbox } from "./inbox.ts"
import type { DiagnosticsPublisher } from "./publish-diagnostics.ts"
import type { ReviewTrigger } from "./review-trigger.ts"
import type { WorkProgresses } from "./work-progress.ts"

/** What the methods of one connection work with. */
export interface MethodContext {
  readonly dispatcher: Dispatcher
  readonly session: ClientSession
  readonly inbox: Inbox
  readonly actions: Actions
  readonly progresses: WorkProgresses
  readonly diagnostics: DiagnosticsPublisher
  readonly reviews: ReviewTrigger
  readonly link: ClientLink
  readonly log: Log
  /** The program's version. */
  readonly version: string
  /** Ends the connection; the number is the exit code. */
  readonly exit: (code: number) => void
}
