import { ModelError } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { Answer, AskRequest, Outcome, Role, Usage } from "./ask.ts"
import { AskQueue } from "./ask-queue.ts"
import { type Clock, systemClock, type Timer } from "./clock.ts"
import type { Connection } from "./connection.ts"
import { Deadline } from "./deadline.ts"
import { type ResponsesAsk, responsesAsk } from "./dialects/responses.ts"
import { Endpoint } from "./endpoint.ts"
import type { WireError } from "./events.ts"
import { getJson } from "./http-exchange.ts"
import { type HttpOwner, HttpTransport } from "./http-transport.ts"
import { Limits, type Refusal, type RoleTotals } from "./limits.ts"
import { Models } from "./models.ts"
import { type AskOwner, PendingAsk } from "./pending-ask.ts"
import { canSteer } from "./provider.ts"
import { mayRetry } from "./retry.ts"
import type { Route } from "./route.ts"
import { dialectOf, routeOf } from "./routes.ts"
import { type SessionStatus, sentenceOf, statusOf } from "./session-status.ts"
import type { ModelSettings, PerRole } from "./settings.ts"
import { CLOSED_TOO_BIG } from "./socket.ts"
import { type PoolOwner, SocketPool, type SocketTraits } from "./socket-pool.ts"
import { kindOf, meaningOf } from "./wire-error.ts"

/** What a session is built from. Time and chance can be replaced in tests. */
export interface SessionOptions {
  readonly settings: ModelSettings
  readonly log: Log
  /** Told each change of status, once. */
  readonly onStatus: (status: SessionStatus) => void
  readonly clock?: Clock
  /** A number from 0 to 1, 1 excluded. */
  readonly random?: () => number
}

/** Figures of the moment; none grows without bound. */
export interface SessionCounts {
  readonly waiting: number
  readonly running: number
  readonly sockets: number
  readonly busy: number
  readonly draining: number
}

/** The way to a model: one warm connection, and answers that stream. */
export interface Session {
  /** Asks; the answer comes piece by piece. Never throws: a failure is how the answer ends. */
  ask(request: AskRequest, signal: AbortSignal): Answer
  /** Has the provider prepare the stable part of asks like this one, if the settings and the provider allow it. */
  warm(like: AskRequest): void
  status(): SessionStatus
  totals(): PerRole<RoleTotals>
  counts(): SessionCounts
  /** Ends every answer as cancelled and closes every connection. */
  close(): void
}

/** How long in ms the provider's list of models is waited for. */
const MODEL_LIST_MS = 5_000

/** Opens a session and starts connecting. Never throws: what is wrong shows in its status and in how asks end. */
export function openSession(options: SessionOptions): Session {
  const session = new ModelSession(options)
  session.connect()
  return session
}

class ModelSession implements Session, AskOwner, PoolOwner, HttpOwner {
  readonly #settings: ModelSettings
  readonly #log: Log
  readonly #clock: Clock
  readonly #onStatus: (status: SessionStatus) => void
  readonly #endpoint: Endpoint
  readonly #models: Models
  readonly #limits: Limits
  readonly #queue = new AskQueue()
  readonly #deadlines = new Map<PendingAsk, Deadline>()
  readonly #running = new Set<PendingAsk>()
  readonly #traits: SocketTraits
  readonly #pool: SocketPool | null
  readonly #http: HttpTransport
  #limitTimer: Timer | null = null
  #status: SessionStatus | null = null
  #failure: string | null = null
  #pumping = false
  #closed = false

  constructor(options: SessionOptions) {
    const { settings } = options
    this.#settings = settings
    this.#log = options.log
    this.#clock = options.clock ?? systemClock()
    this.#onStatus = options.onStatus
    this.#endpoint = new Endpoint(settings)
    this.#models = new Models(settings.provider, settings.models)
    this.#limits = new Limits(settings.budget, this.#clock)
    const { lanes, warmUp, continuation, maxAgeMs, socket } = settings.provider
    this.#traits = { lanes, warmUp: warmUp && settings.warmUp, continuation, maxAgeMs }
    const pool = new SocketPool({
      target: () => this.#endpoint.socket(),
      traits: this.#traits,
      clock: this.#clock,
      random: options.random ?? Math.random,
      log: options.log,
      owner: this,
    })
    this.#pool = socket && this.#endpoint.problem === null ? pool : null
    this.#http = new HttpTransport(this.#endpoint.baseUrl, url => this.#endpoint.http(url), this)
  }

  /** Starts what can be done before the first ask. */
  connect(): void {
    this.#pool?.connect()
    if (this.#endpoint.problem === null && this.#models.needsList) this.#askForModels()
    this.#tellStatus()
  }

  ask(request: AskRequest, signal: AbortSignal): Answer {
    const ask = new PendingAsk(request, signal, this.#clock, this)
    if (ask.settled) return ask
    const refusal = this.#refusalFor(request.role)
    if (refusal !== null) {
      ask.fail(refusal)
      return ask
    }
    this.#limits.countAsk(request.role)
    this.#queue.add(ask)
    const late = (): void => ask.fail(new ModelError("timeout", "the model did not answer in time"))
    this.#deadlines.set(ask, new Deadline(ask, this.#settings.patience[request.role], this.#clock, late))
    this.#pump()
    return ask
  }

  warm(like: AskRequest): void {
    const route = routeOf(this.#settings, this.#models, like.role)
    if (route !== null) this.#pool?.warm(like.role, responsesAsk(like, route))
  }

  status(): SessionStatus {
    const overSocket = this.#pool !== null && !this.#pool.fellBack
    return statusOf({
      problem: this.#endpoint.problem,
      refusal: this.#limits.refusal(),
      transport: overSocket ? "socket" : "http",
      connecting: overSocket && !this.#pool?.ready,
      failure: this.#failure,
    })
  }

  totals(): PerRole<RoleTotals> {
    return this.#limits.totals()
  }

  counts(): SessionCounts {
    const sockets = this.#pool?.counts() ?? { sockets: 0, busy: 0, draining: 0 }
    return { ...sockets, waiting: this.#queue.size, running: this.#running.size }
  }

  close(): void {
    this.#closed = true
    this.#limitTimer?.stop()
    for (const ask of this.#deadlines.keys()) ask.settle({ status: "cancelled", reason: "shutdown" }, null)
    this.#pool?.close()
    this.#endpoint.close()
  }

  // An ask's own word.

  settled(ask: PendingAsk, outcome: Outcome): void {
    this.#deadlines.get(ask)?.stop()
    this.#deadlines.delete(ask)
    this.#queue.remove(ask)
    const timedOut = outcome.status === "failed" && outcome.error.kind === "timeout"
    if (this.#running.delete(ask)) this.#leave(ask, timedOut)
    this.changed()
  }

  steer(ask: PendingAsk, instruction: string): void {
    const route = routeOf(this.#settings, this.#models, ask.request.role)
    const native = route !== null && canSteer(route.provider, route.model)
    if (native && this.#pool?.steer(ask, instruction)) return
    this.notSteered(ask, instruction)
  }

  /** Asks again, with the partial answer and the instruction as input. */
  notSteered(ask: PendingAsk, instruction: string): void {
    ask.extendRequest(instruction)
    if (!this.#running.delete(ask)) return
    this.#leave(ask, false)
    this.#queue.putBack(ask)
    this.#pump()
  }

  // A transport's word.

  changed(): void {
    this.#pump()
    this.#tellStatus()
  }

  counted(role: Role, usage: Usage): void {
    this.#limits.countTokens(role, usage)
    this.#failure = null
  }

  answered(): void {
    this.#failure = null
  }

  lost(asks: readonly PendingAsk[], code: number): void {
    const error =
      code === CLOSED_TOO_BIG
        ? new ModelError("rejected", "a message was too big for the connection to the model")
        : new ModelError("unavailable", `the connection to the model closed (${code})`)
    this.#log.debug(`model socket closed (${code}) under ${asks.length} asks`)
    for (const ask of asks) ask.fail(error)
    this.changed()
  }

  broken(ask: PendingAsk, error: Error): void {
    this.#failure = `the model can't be reached: ${error.message}`
    ask.fail(new ModelError("unavailable", this.#failure, { cause: error }))
  }

  unauthorized(): boolean {
    return this.#endpoint.refreshKey()
  }

  limited(retryAfterMs: number | null): void {
    this.#limits.limited(retryAfterMs)
    this.#refuseWaiting()
  }

  failedOverHttp(ask: PendingAsk, error: WireError): void {
    this.failed(ask, error, null)
  }

  failed(ask: PendingAsk, error: WireError, from: Connection | null): void {
    const meaning = meaningOf(error)
    if (meaning === "unknown-model") this.#refuseModel(ask)
    if (meaning === "unauthorized" && ask.retries > 0) this.#limits.unauthorized()
    const again = mayRetry(ask, meaning)
    if (again) this.#askAgain(ask, meaning === "stale-continuation")
    this.complained(error, from)
    if (!again) ask.fail(new ModelError(kindOf(meaning), error.message))
    this.changed()
  }

  complained(error: WireError, from: Connection | null): void {
    this.#log.debug(`the model's provider: ${error.code ?? error.status ?? ""} ${error.message}`)
    switch (meaningOf(error)) {
      case "no-lanes":
      case "overlap":
        this.#giveUpLanes(from)
        return
      case "lane-names-used-up":
      case "socket-too-old":
        if (from !== null) this.#moveFrom(from)
        return
      case "no-warm-up":
        this.#traits.warmUp = false
        return
      case "rate-limited":
        this.limited(error.retryAfterMs)
        return
      case "unauthorized":
        this.#endpoint.refreshKey()
        return
      case "stale-continuation":
      case "unknown-model":
      case "overloaded":
      case "rejected":
        return
    }
  }

  #askForModels(): void {
    const learn = (answer: unknown): void => {
      patience.stop()
      list.stop()
      this.#models.learn(answer)
      this.changed()
    }
    const patience = this.#clock.after(MODEL_LIST_MS, () => learn(null))
    const list = getJson(this.#endpoint.http(`${this.#endpoint.baseUrl}/models`), learn)
  }

  #giveUpLanes(from: Connection | null): void {
    this.#traits.lanes = false
    if (from !== null) this.#moveFrom(from)
  }

  /** Takes what has not begun to another socket; what has begun stays until it ends. */
  #moveFrom(connection: Connection): void {
    for (const ask of connection.takeUnbegun().reverse()) {
      this.#running.delete(ask)
      this.#queue.putBack(ask)
    }
    connection.retire()
    this.changed()
  }

  #askAgain(ask: PendingAsk, whole: boolean): void {
    ask.retries++
    ask.wantsWholeInput ||= whole
    this.#running.delete(ask)
    this.#queue.putBack(ask)
  }

  #refuseModel(ask: PendingAsk): void {
    const model = this.#models.of(ask.request.role)
    if (model !== null) this.#models.refuse(model)
    if (this.#models.of(ask.request.role) === model) ask.retries = Number.POSITIVE_INFINITY
  }

  #leave(ask: PendingAsk, timedOut: boolean): void {
    this.#pool?.abandon(ask, timedOut)
    this.#http.abandon(ask)
  }

  /** Why an ask of this role ends before it begins: no `live` ask waits for a limit to pass. */
  #refusalFor(role: Role): ModelError | null {
    if (this.#closed) return new ModelError("unavailable", "the session is closed")
    if (this.#endpoint.problem !== null) return new ModelError("rejected", this.#endpoint.problem)
    const refusal = this.#limits.refusal()
    if (refusal === null || (refusal.reason === "rate-limited" && role === "deep")) return null
    return new ModelError(
      refusal.reason === "unauthorized" ? "rejected" : "rate-limited",
      sentenceOf(refusal),
    )
  }

  #refuseWaiting(): void {
    for (const ask of this.#queue.drain()) {
      const refusal = this.#refusalFor(ask.request.role)
      if (refusal === null) this.#queue.add(ask)
      else ask.fail(refusal)
    }
  }

  /** Sends what can be sent. */
  #pump(): void {
    if (this.#pumping || this.#closed) return
    this.#pumping = true
    const blocked = this.#queue.size === 0 ? null : this.#limits.refusal()
    if (blocked?.reason === "rate-limited") this.#pumpLater(blocked)
    else while (this.#sendNext()) {}
    this.#pumping = false
  }

  #pumpLater(refusal: Refusal): void {
    this.#limitTimer?.stop()
    this.#limitTimer = this.#clock.after(refusal.until - this.#clock.now(), () => this.changed())
  }

  /** Whether an ask left the queue. */
  #sendNext(): boolean {
    const ask = this.#queue.next(this.#mayRunDeep())
    if (ask === null) return false
    const route = routeOf(this.#settings, this.#models, ask.request.role)
    if (route === null || !this.#send(ask, route)) return false
    this.#queue.remove(ask)
    if (!ask.settled) this.#running.add(ask)
    return true
  }

  #send(ask: PendingAsk, route: Route): boolean {
    const dialect = dialectOf(this.#settings, ask.request)
    if (dialect === "responses" && this.#pool !== null) {
      const wanted: ResponsesAsk = responsesAsk(ask.request, route)
      const result = this.#pool.start(ask, wanted)
      if (result !== "no") return result === "sent"
    }
    return this.#http.start(ask, dialect, route)
  }

  /** Deep asks get at most half of what can run at once, so that a live ask always finds a lane. */
  #mayRunDeep(): boolean {
    const overSocket = this.#pool !== null && !this.#pool.fellBack
    const capacity = overSocket ? (this.#pool?.capacity ?? 1) : this.#http.capacity
    const deep = [...this.#running].filter(ask => ask.request.role === "deep").length
    return deep < Math.max(1, Math.floor(capacity / 2))
  }

  #tellStatus(): void {
    const status = this.status()
    const before = this.#status
    if (this.#closed || (before !== null && before.detail === status.detail && before.state === status.state))
      return
    this.#status = status
    this.#onStatus(status)
  }
}
