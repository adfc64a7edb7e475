import { ModelError } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { Answer, AskRequest, Outcome, Role, Usage } from "./ask.ts"
import { type Clock, systemClock, type Timer } from "./clock.ts"
import type { Connection } from "./connection.ts"
import { responsesAsk } from "./dialects/responses.ts"
import { Dispatch } from "./dispatch.ts"
import { Endpoint } from "./endpoint.ts"
import type { WireError } from "./events.ts"
import { getJson } from "./http-exchange.ts"
import { type HttpOwner, HttpTransport } from "./http-transport.ts"
import { Limits, type Refusal, type RoleTotals } from "./limits.ts"
import { Models } from "./models.ts"
import { type AskOwner, PendingAsk } from "./pending-ask.ts"
import { canSteer } from "./provider.ts"
import { mayRetry } from "./retry.ts"
import { routeOf } from "./routes.ts"
import { type SessionStatus, sentenceOf, statusOf } from "./session-status.ts"
import type { ModelSettings, PerRole } from "./settings.ts"
import { CLOSED_TOO_BIG } from "./socket.ts"
import { type PoolOwner, SocketPool, type SocketTraits } from "./socket-pool.ts"
import { type ErrorMeaning, kindOf, meaningOf } from "./wire-error.ts"

/** What a session is built from. Time and chance can be replaced in tests. */
interface SessionOptions {
  readonly settings: ModelSettings
  readonly log: Log
  /** Told each change of status, once. */
  readonly onStatus: (status: SessionStatus) => void
  readonly clock?: Clock
  /** A number from 0 to 1, 1 excluded. */
  readonly random?: () => number
}

/** Figures of the moment; none grows without bound. */
interface SessionCounts {
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

/** Least time in ms between two requests for it. */
const MODEL_LIST_SPACING_MS = 10_000

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
  readonly #traits: SocketTraits
  readonly #pool: SocketPool | null
  readonly #dispatch: Dispatch
  #status: SessionStatus | null = null
  #failure: string | null = null
  #modelsAskedAt = Number.NEGATIVE_INFINITY
  /** The refusal that holds now, and what goes on once it has passed. */
  #passing: { readonly until: number; readonly timer: Timer } | null = null
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
    this.#dispatch = new Dispatch({
      settings,
      clock: this.#clock,
      pool: this.#pool,
      http: new HttpTransport(this.#endpoint.baseUrl, url => this.#endpoint.http(url), this.#clock, this),
      route: role => routeOf(settings, this.#models, role),
      refusal: () => this.#limits.refusal(),
    })
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
    const refusal = this.#refusalFor(ask)
    if (refusal !== null) {
      ask.fail(refusal)
      return ask
    }
    this.#limits.countAsk(request.role)
    this.#dispatch.add(ask)
    if (this.#dispatch.waiting > 0) this.#tellStatus()
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
      waiting: this.#dispatch.waiting,
      transport: overSocket ? "socket" : "http",
      connecting: overSocket && !this.#pool?.ready,
      failure: this.#pool?.ready ? null : this.#failure,
    })
  }

  totals(): PerRole<RoleTotals> {
    return this.#limits.totals()
  }

  counts(): SessionCounts {
    const sockets = this.#pool?.counts() ?? { sockets: 0, busy: 0, draining: 0 }
    return { ...sockets, waiting: this.#dispatch.waiting, running: this.#dispatch.running }
  }

  close(): void {
    this.#closed = true
    this.#passing?.timer.stop()
    this.#dispatch.close()
    this.#pool?.close()
    this.#endpoint.close()
  }

  // An ask's own word.

  settled(ask: PendingAsk, outcome: Outcome): void {
    this.#dispatch.remove(ask, outcome)
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
    this.#dispatch.again(ask)
    this.changed()
  }

  // A transport's word.

  changed(): void {
    this.#dispatch.pump()
    this.#tellStatus()
  }

  counted(role: Role, usage: Usage): void {
    this.#limits.countTokens(role, usage)
    this.#failure = null
  }

  answered(): void {
    this.#limits.answered()
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
    this.#dispatch.refuseWaiting(ask => this.#refusalFor(ask))
    this.changed()
  }

  failedOverHttp(ask: PendingAsk, error: WireError): void {
    this.failed(ask, error, null)
  }

  failed(ask: PendingAsk, error: WireError, from: Connection | null): void {
    const meaning = meaningOf(error)
    if (meaning === "unknown-model") this.#refuseModel(ask)
    if (meaning === "no-effort") this.#dropEffort(ask)
    if (meaning === "unauthorized") from?.retire()
    if (meaning === "unauthorized" && ask.retries > 0) this.#limits.unauthorized()
    const again = mayRetry(ask, meaning)
    if (again) this.#tryAgain(ask, meaning)
    this.#heed(error, from)
    if (!again) ask.fail(new ModelError(kindOf(meaning), error.message))
    this.changed()
  }

  complained(error: WireError, from: Connection): void {
    this.#heed(error, from)
    if (meaningOf(error) !== "socket-too-old") return
    for (const ask of from.takeUnbegun().reverse()) {
      if (mayRetry(ask, "socket-too-old")) this.#tryAgain(ask, "socket-too-old")
      else ask.fail(new ModelError("unavailable", error.message))
    }
    this.changed()
  }

  /** What an error says beyond the ask that it names. */
  #heed(error: WireError, from: Connection | null): void {
    this.#log.debug(`the model's provider: ${error.code ?? error.status ?? ""} ${error.message}`)
    switch (meaningOf(error)) {
      case "no-lanes":
        this.#traits.lanes = false
        this.#takeUnbegun(from)
        from?.retire()
        return
      case "overlap":
        this.#traits.lanes = false
        from?.retire()
        return
      case "lane-names-used-up":
      case "socket-too-old":
        from?.retire()
        return
      case "no-warm-up":
        this.#traits.warmUp = false
        return
      case "rate-limited":
        this.limited(error.retryAfterMs)
        return
      case "overloaded":
      case "broken-off":
        this.#limits.overloaded(error.retryAfterMs)
        return
      case "unauthorized":
        this.#endpoint.refreshKey()
        return
      case "stale-continuation":
      case "no-effort":
      case "unknown-model":
      case "rejected":
        return
    }
  }

  /** Asks for the provider's list of models; false if that was done a moment ago. */
  #askForModels(): boolean {
    const now = this.#clock.now()
    if (now - this.#modelsAskedAt < MODEL_LIST_SPACING_MS) return false
    this.#modelsAskedAt = now
    const learn = (answer: unknown): void => {
      patience.stop()
      list.stop()
      this.#models.learn(answer)
      this.changed()
    }
    const patience = this.#clock.after(MODEL_LIST_MS, () => learn(null))
    const list = getJson(this.#endpoint.http(`${this.#endpoint.baseUrl}/models`), learn)
    return true
  }

  /** A server without lanes has refused every ask that named one, whether or not it has said so yet. */
  #takeUnbegun(from: Connection | null): void {
    for (const ask of from?.takeUnbegun().reverse() ?? []) this.#dispatch.again(ask)
  }

  #tryAgain(ask: PendingAsk, meaning: ErrorMeaning): void {
    ask.retries++
    ask.wantsWholeInput ||= meaning === "stale-continuation"
    this.#dispatch.again(ask)
  }

  /** A refusal that was not cured by leaving the effort out is final. */
  #dropEffort(ask: PendingAsk): void {
    const model = this.#models.of(ask.request.role)
    if (model === null) return
    if (!this.#models.takesEffort(model) && ask.retries > 0) ask.retries = Number.POSITIVE_INFINITY
    this.#models.dropEffort(model)
  }

  /** The list may be older than the server's models, or the server have been away when it was asked for. */
  #refuseModel(ask: PendingAsk): void {
    const { role } = ask.request
    const model = this.#models.of(role)
    if (model === null) return
    this.#models.refuse(model)
    if (this.#models.chooses(role) && this.#askForModels()) this.#models.awaitList(role)
    else if (this.#models.of(role) === model) ask.retries = Number.POSITIVE_INFINITY
  }

  /**
   * Why an ask ends before it begins: no `live` ask waits for a limit to pass, and no other one longer than its patience.
   */
  #refusalFor(ask: PendingAsk): ModelError | null {
    if (this.#closed) return new ModelError("unavailable", "the session is closed")
    if (this.#endpoint.problem !== null) return new ModelError("rejected", this.#endpoint.problem)
    const refusal = this.#limits.refusal()
    if (refusal === null) return null
    const { role } = ask.request
    const patience = this.#settings.patience[role].first - ask.age
    if (refusal.waitable && role === "deep" && refusal.until - this.#clock.now() < patience) return null
    return new ModelError(
      refusal.reason === "unauthorized" ? "rejected" : "rate-limited",
      sentenceOf(refusal),
    )
  }

  /** What waits for a refusal to pass goes on when it has, and the status says so. */
  #watch(refusal: Refusal | null): void {
    if (refusal?.until === this.#passing?.until) return
    this.#passing?.timer.stop()
    if (refusal === null) this.#passing = null
    else {
      const timer = this.#clock.after(refusal.until - this.#clock.now(), () => {
        this.#passing = null
        this.changed()
      })
      this.#passing = { until: refusal.until, timer }
    }
  }

  #tellStatus(): void {
    if (!this.#closed) this.#watch(this.#limits.refusal())
    const status = this.status()
    const before = this.#status
    if (this.#closed || (before !== null && before.detail === status.detail && before.state === status.state))
      return
    this.#status = status
    this.#onStatus(status)
  }
}
