import { LSPErrorCodes, ResponseError, ErrorCodes as RpcErrorCodes } from "vscode-languageserver/node"
import { cancel, raceAbort } from "../base/cancel.ts"
import { Cancelled, RequestError } from "../base/errors.ts"
import type { Log } from "../base/log.ts"

/** Serves one request. What it does before its first await happens in the order of arrival; nothing later does. */
export type RequestHandler = (params: unknown, signal: AbortSignal) => unknown

/** Serves one notification, synchronously: the next message may rely on its effects. */
type NotificationHandler = (params: unknown) => void

/** Requests that replace one another: a newer one with the same key ends the older one, answered with `answer`. */
interface Supersede {
  readonly key: (params: unknown) => string
  readonly answer: unknown
}

/** Tells a dispatcher that the client gave a request up. */
interface CancelToken {
  readonly isCancellationRequested: boolean
  onCancellationRequested(listener: () => void): { dispose(): void }
}

interface RequestEntry {
  readonly handler: RequestHandler
  readonly supersede: Supersede | null
}

type Phase = "new" | "serving" | "shut-down"

/**
 * The one place where methods meet their handlers, and the one border where a handler's error becomes a reply.
 * Invariant: `request` settles exactly once per call, at once when the client cancels; late results are dropped.
 */
export class Dispatcher {
  readonly #log: Log
  readonly #requests = new Map<string, RequestEntry>()
  readonly #notifications = new Map<string, NotificationHandler>()
  readonly #live = new Set<AbortController>()
  readonly #newest = new Map<string, AbortController>()
  #phase: Phase = "new"

  constructor(log: Log) {
    this.#log = log
  }

  /** Registers the handler of a request; each method has one. */
  onRequest(method: string, handler: RequestHandler, supersede: Supersede | null = null): void {
    this.#requests.set(method, { handler, supersede })
  }

  /** Registers the handler of a notification; each method has one. */
  onNotification(method: string, handler: NotificationHandler): void {
    this.#notifications.set(method, handler)
  }

  /** The result for the client. Rejects only with a `ResponseError`. */
  async request(method: string, params: unknown, token: CancelToken): Promise<unknown> {
    const entry = this.#admit(method)
    // One that was given up before it began changes nothing.
    if (!token.isCancellationRequested) this.#turn(method)
    const controller = new AbortController()
    const subscription = token.onCancellationRequested(() => cancel(controller, "client"))
    if (token.isCancellationRequested) cancel(controller, "client")
    this.#live.add(controller)
    let key: string | null = null
    try {
      key = entry.supersede === null ? null : `${method} ${entry.supersede.key(params)}`
      if (key !== null) this.#replace(key, controller)
      return await this.#run(entry, params, controller.signal)
    } catch (error) {
      return this.#answerTo(error, method, entry)
    } finally {
      subscription.dispose()
      this.#live.delete(controller)
      if (key !== null && this.#newest.get(key) === controller) this.#newest.delete(key)
    }
  }

  /** Runs the handler of a notification. Never throws: a notification has nobody to tell. */
  notify(method: string, params: unknown): void {
    const handler = this.#notifications.get(method)
    if (handler === undefined) return
    if (this.#phase !== "serving" && method !== "exit") return
    try {
      handler(params)
    } catch (error) {
      if (error instanceof RequestError) this.#log.warn(`${method}: ${error.message}`)
      else this.#log.bug(`the handler of ${method} failed`, error)
    }
  }

  /** Serves nothing from now on. Every running request is answered as far as it still can be. */
  close(): void {
    this.#phase = "shut-down"
    for (const controller of this.#live) cancel(controller, "shutdown")
  }

  #admit(method: string): RequestEntry {
    if (this.#phase === "shut-down") {
      throw new ResponseError(RpcErrorCodes.InvalidRequest, "the server was shut down")
    }
    if (this.#phase === "new" && method !== "initialize") {
      throw new ResponseError(RpcErrorCodes.ServerNotInitialized, "the first request must be initialize")
    }
    if (this.#phase === "serving" && method === "initialize") {
      throw new ResponseError(RpcErrorCodes.InvalidRequest, "initialize was sent before")
    }
    const entry = this.#requests.get(method)
    if (entry === undefined) throw new ResponseError(RpcErrorCodes.MethodNotFound, `no method ${method}`)
    return entry
  }

  #turn(method: string): void {
    if (method === "initialize") this.#phase = "serving"
    if (method === "shutdown") this.close()
  }

  #replace(key: string, controller: AbortController): void {
    const older = this.#newest.get(key)
    if (older !== undefined) cancel(older, "superseded")
    this.#newest.set(key, controller)
  }

  #run(entry: RequestEntry, params: unknown, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) return raceAbort(Promise.resolve(null), signal)
    const work = Promise.resolve(entry.handler(params, signal))
    return raceAbort(work, signal)
  }

  #answerTo(error: unknown, method: string, entry: RequestEntry): unknown {
    if (error instanceof Cancelled) {
      // What we gave up ourselves is no error for the client: an error makes other servers' items vanish in Neovim.
      if (error.reason !== "client") return entry.supersede?.answer ?? null
      throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled")
    }
    if (error instanceof RequestError) throw new ResponseError(error.code, error.message)
    this.#log.bug(`the handler of ${method} failed`, error)
    throw new ResponseError(RpcErrorCodes.InternalError, "internal error, see the server's log")
  }
}
