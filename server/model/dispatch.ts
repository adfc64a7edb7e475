import { ModelError } from "../base/errors.ts"
import type { Outcome, Role } from "./ask.ts"
import { AskQueue } from "./ask-queue.ts"
import type { Clock } from "./clock.ts"
import { Deadline } from "./deadline.ts"
import { responsesAsk, StableItems } from "./dialects/responses.ts"
import type { HttpTransport } from "./http-transport.ts"
import type { Refusal } from "./limits.ts"
import type { PendingAsk } from "./pending-ask.ts"
import type { Route } from "./route.ts"
import { dialectOf } from "./routes.ts"
import type { ModelSettings } from "./settings.ts"
import type { SocketPool } from "./socket-pool.ts"

/** What the dispatch works with. */
interface DispatchOptions {
  readonly settings: ModelSettings
  readonly clock: Clock
  /** Null where the provider has no socket. */
  readonly pool: SocketPool | null
  readonly http: HttpTransport
  /** How a role's asks are written down; null while that is not known. */
  readonly route: (role: Role) => Route | null
  /** Why nothing may be sent now, or null. */
  readonly refusal: () => Refusal | null
}

/**
 * Brings asks to a transport as soon as one has room, over the socket where that can be had and over HTTP else.
 * Invariant: an ask that has not ended is either waiting or running, and has one deadline.
 */
export class Dispatch {
  readonly #options: DispatchOptions
  readonly #queue = new AskQueue()
  readonly #stable = new StableItems()
  readonly #running = new Set<PendingAsk>()
  readonly #deadlines = new Map<PendingAsk, Deadline>()
  #pumping = false
  #closed = false

  constructor(options: DispatchOptions) {
    this.#options = options
  }

  get waiting(): number {
    return this.#queue.size
  }

  get running(): number {
    return this.#running.size
  }

  /** Takes a new ask, sends it first of all if it can, and fails it if it takes too long. */
  add(ask: PendingAsk): void {
    const { settings, clock } = this.#options
    const late = (): void => ask.fail(new ModelError("timeout", "the model did not answer in time"))
    this.#queue.add(ask)
    this.pump()
    if (ask.settled) return
    this.#deadlines.set(ask, new Deadline(ask, settings.patience[ask.request.role], clock, late))
  }

  /** Lets go of an ask that has ended. */
  remove(ask: PendingAsk, outcome: Outcome): void {
    this.#deadlines.get(ask)?.stop()
    this.#deadlines.delete(ask)
    this.#queue.remove(ask)
    const timedOut = outcome.status === "failed" && outcome.error.kind === "timeout"
    if (this.#running.delete(ask)) this.#leave(ask, timedOut)
  }

  /** Has a running ask wait again, before its equals; what its transport still says is for nobody. */
  again(ask: PendingAsk): void {
    if (!this.#running.delete(ask)) return
    this.#leave(ask, false)
    this.#queue.putBack(ask)
  }

  /** Fails the waiting asks for which `why` gives a reason. */
  refuseWaiting(why: (ask: PendingAsk) => ModelError | null): void {
    for (const ask of this.#queue.drain()) {
      const error = why(ask)
      if (error === null) this.#queue.add(ask)
      else ask.fail(error)
    }
  }

  /** Sends what can be sent; nothing while a refusal holds that passes, so its passing must pump again. */
  pump(): void {
    if (this.#pumping || this.#closed || this.#queue.size === 0) return
    this.#pumping = true
    if (!this.#options.refusal()?.waitable) while (this.#sendNext()) {}
    this.#pumping = false
  }

  /** Ends every ask as cancelled, and takes no more. */
  close(): void {
    this.#closed = true
    for (const ask of this.#deadlines.keys()) ask.settle({ status: "cancelled", reason: "shutdown" }, null)
  }

  /** Whether an ask left the queue. */
  #sendNext(): boolean {
    const ask = this.#queue.next(this.#mayRunDeep())
    if (ask === null) return false
    const route = this.#options.route(ask.request.role)
    if (route === null || !this.#send(ask, route)) return false
    this.#queue.remove(ask)
    if (!ask.settled) this.#running.add(ask)
    return true
  }

  #send(ask: PendingAsk, route: Route): boolean {
    const { settings, pool, http } = this.#options
    const dialect = dialectOf(settings, ask.request)
    if (dialect === "responses" && pool !== null) {
      const result = pool.start(ask, responsesAsk(ask.request, route, this.#stable.of(ask.request)))
      if (result !== "no") return result === "sent"
    }
    return http.start(ask, dialect, route)
  }

  /** Deep asks get at most half of what can run at once, so that a live ask always finds a lane. */
  #mayRunDeep(): boolean {
    const { pool, http } = this.#options
    const { capacity } = pool === null || pool.fellBack ? http : pool
    const deep = [...this.#running].filter(ask => ask.request.role === "deep").length
    return deep < Math.max(1, Math.floor(capacity / 2))
  }

  #leave(ask: PendingAsk, timedOut: boolean): void {
    this.#options.pool?.abandon(ask, timedOut)
    this.#options.http.abandon(ask)
  }
}
