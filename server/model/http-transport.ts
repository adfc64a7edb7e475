import { ModelError } from "../base/errors.ts"
import type { Role, Usage } from "./ask.ts"
import type { Clock, Timer } from "./clock.ts"
import { DIALECTS } from "./dialects/dialects.ts"
import { UNEXPLAINED, type WireError } from "./events.ts"
import { type Exchange, postAsk } from "./http-exchange.ts"
import type { PendingAsk } from "./pending-ask.ts"
import type { DialectName } from "./provider.ts"
import { type Reading, ResponseReader } from "./response-reader.ts"
import type { Route } from "./route.ts"
import type { Target } from "./target.ts"

/** What the owner of HTTP asks is told. */
export interface HttpOwner {
  /** The provider refused this ask. */
  failedOverHttp(ask: PendingAsk, error: WireError): void
  /** The transport failed under it. */
  broken(ask: PendingAsk, error: Error): void
  /** An answer ended as it should. */
  answered(): void
  counted(role: Role, usage: Usage): void
}

interface Running {
  readonly exchange: Exchange
  readonly reader: ResponseReader
}

/** How long in ms a server may keep a request open after its answer has ended. */
const LINGER_MS = 2_000

/** Asks that may run at once. */
const AT_ONCE = 8

/** One HTTP request per ask, streamed. Giving an ask up closes its request. */
export class HttpTransport {
  readonly #target: (url: string) => Target
  readonly #baseUrl: string
  readonly #clock: Clock
  readonly #owner: HttpOwner
  readonly #running = new Map<PendingAsk, Running>()

  /** `target` adds the headers and the agent of this moment to a URL. */
  constructor(baseUrl: string, target: (url: string) => Target, clock: Clock, owner: HttpOwner) {
    this.#baseUrl = baseUrl
    this.#clock = clock
    this.#target = target
    this.#owner = owner
  }

  /** How many asks can be answered at once. */
  get capacity(): number {
    return AT_ONCE
  }

  /** How many asks are running. */
  get running(): number {
    return this.#running.size
  }

  /** Sends an ask; false if too many are running. */
  start(ask: PendingAsk, dialectName: DialectName, route: Route): boolean {
    if (this.#running.size >= AT_ONCE) return false
    const dialect = DIALECTS[dialectName]
    const reader = new ResponseReader(ask, new Set(), "anything")
    const target = this.#target(dialect.url(this.#baseUrl))
    const body = dialect.body(ask.request, route)
    ask.markSent("HTTP")
    let lingering: Timer | null = null
    const exchange = postAsk(target, body, dialect.framing, dialect.decoder(), {
      event: event => {
        this.#follow(ask, reader, reader.read(event))
        if (this.#running.get(ask)?.reader === reader || lingering !== null) return
        lingering = this.#clock.after(LINGER_MS, () => exchange.stop())
      },
      done: () => lingering?.stop(),
      broken: error => {
        if (this.#take(ask, reader)) this.#owner.broken(ask, error)
      },
    })
    this.#running.set(ask, { exchange, reader })
    return true
  }

  /** Nobody waits for this ask any more. */
  abandon(ask: PendingAsk): void {
    const running = this.#running.get(ask)
    if (running === undefined) return
    this.#running.delete(ask)
    running.reader.leave()
    running.exchange.stop()
  }

  #follow(ask: PendingAsk, reader: ResponseReader, reading: Reading): void {
    switch (reading.kind) {
      case "more":
      case "not-steered":
        return
      case "garbled":
        ask.fail(new ModelError("protocol", "a piece of the answer was lost on the way"))
        return
      case "failed":
        if (this.#take(ask, reader)) this.#owner.failedOverHttp(ask, reading.error)
        return
      case "ended":
        if (this.#take(ask, reader)) this.#finish(ask, reading)
        return
    }
  }

  #finish(ask: PendingAsk, { end }: Reading & { kind: "ended" }): void {
    if (end.usage !== null) this.#owner.counted(ask.request.role, end.usage)
    if (end.status === "failed") {
      this.#owner.failedOverHttp(ask, end.error ?? UNEXPLAINED)
      return
    }
    this.#owner.answered()
    if (end.status === "completed") ask.settle({ status: "completed" }, end.usage)
    else ask.settle({ status: "incomplete", reason: end.reason ?? "unknown" }, end.usage)
  }

  /** Whether this attempt is still the ask's; it no longer is afterwards. The rest of the body is read and dropped. */
  #take(ask: PendingAsk, reader: ResponseReader): boolean {
    if (this.#running.get(ask)?.reader !== reader) return false
    this.#running.delete(ask)
    reader.leave()
    return true
  }
}
