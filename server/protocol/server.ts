import type { Readable, Writable } from "node:stream"
import { createMessageConnection, ErrorCodes } from "vscode-languageserver/node"
import { yieldToLoop } from "../base/time-slice.ts"
import type { Clock } from "../model/clock.ts"
import { openActions } from "./client-actions.ts"
import { type ClientLink, clientLog, linkOver } from "./client-link.ts"
import { ClientSession, type SessionOptions } from "./client-session.ts"
import { Dispatcher } from "./dispatcher.ts"
import { FramedWriter, isId } from "./framing.ts"
import { Inbox } from "./inbox.ts"
import { registerMethods } from "./methods.ts"
import { fieldsOf } from "./params.ts"
import { DiagnosticsPublisher } from "./publish-diagnostics.ts"
import { ReviewTrigger } from "./review-trigger.ts"

/** Milliseconds that a client which stopped reading can hold up the end. */
const FLUSH_MS = 40

/** What one connection needs. */
interface ServeOptions extends SessionOptions {
  /** What limits and pauses between server and editor go by. */
  readonly clock: Clock
  readonly input: Readable
  readonly output: Writable
}

/** A connection being served. */
interface Served {
  /**
   * Settles when the client has left (`exit`, end of input, or `leave`), with everything written that it still reads, and
   * the code to exit with: 1 after an `exit` without `shutdown`, else 0. Never rejects.
   */
  readonly closed: Promise<number>
  /** Ends the connection from this side: running requests are answered, what was written is flushed. */
  leave(): void
}

/** Serves one editor over a pair of streams until it leaves. Nothing but LSP is ever written to `output`. */
export function serve(options: ServeOptions): Served {
  const writer = new FramedWriter(options.output)
  const inbox = new Inbox(options.input, (why, value) => {
    log.warn(why)
    const id = fieldsOf(value)["id"]
    if (isId(id)) void writer.write(refusal(id))
  })
  const connection = createMessageConnection(inbox, writer, undefined, { messageStrategy: inbox })
  const link: ClientLink = linkOver(connection, options.clock)
  const log = clientLog(link, () => session.settings.logLevel)
  const session = new ClientSession(options, link, log)
  const dispatcher = new Dispatcher(log)
  const { clock } = options
  const { actions, progresses } = openActions({ session, link, clock, log })
  const diagnostics = new DiagnosticsPublisher({ session, link, clock })
  const reviews = new ReviewTrigger({ session, onFound: uri => diagnostics.changed(uri), clock })
  let leave = (_code: number): void => {}
  const closed = new Promise<number>(resolve => {
    leave = resolve
  }).then(async code => {
    dispatcher.close()
    actions.dispose()
    diagnostics.dispose()
    reviews.dispose()
    session.close()
    // The running requests, given up just now, are answered before the next turn of the event loop.
    await yieldToLoop()
    await writer.flushed(FLUSH_MS)
    connection.dispose()
    return code
  })
  const { version } = options
  const exit = (code: number): void => leave(code)
  const shown = { actions, progresses, diagnostics, reviews }
  registerMethods({ dispatcher, session, inbox, link, ...shown, log, version, exit })
  connection.onRequest((method, params, token) => dispatcher.request(method, params, token))
  connection.onNotification((method, params) => dispatcher.notify(method, params))
  // The client may close its end right after its last messages: they are handled first.
  connection.onClose(() => void inbox.drained().then(() => leave(0)))
  connection.listen()
  return { closed, leave: () => leave(0) }
}

function refusal(id: number | string): { jsonrpc: string; id: number | string; error: object } {
  const error = { code: ErrorCodes.InvalidRequest, message: "this is no request: it has no method" }
  return { jsonrpc: "2.0", id, error }
}
