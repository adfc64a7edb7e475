import { once } from "node:events"
import { createServer, type IncomingMessage, type Server } from "node:http"
import { createServer as createSecureServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import type { JsonObject } from "../../../server/base/json.ts"
import { serveHttp } from "./http-surfaces.ts"
import type { ScriptedAsk } from "./scripted-ask.ts"
import { SocketMode } from "./socket-mode.ts"
import type { ServerTraits } from "./strictness.ts"

/** What becomes of the next upgrade: a status instead of it, silence, or a connection cut at once or right after opening. */
export type UpgradeTrouble =
  | { readonly status: number; readonly headers?: JsonObject }
  | "hang"
  | "drop"
  | "open-then-drop"

/** How a scripted model is started. */
export interface ModelOptions extends Partial<ServerTraits> {
  /** Keys it takes; none means that it asks for no key. */
  readonly keys?: readonly string[]
  readonly tls?: { readonly key: string; readonly cert: string } | null
  readonly port?: number
  /** Answers asks by itself; without it they wait for `asked`. */
  readonly onAsk?: (ask: ScriptedAsk) => void
}

/** A model server on loopback that does what it is told, and is strict about what it is asked. */
export class ScriptedModel {
  readonly traits: ServerTraits
  /** Troubles for the upgrades to come, one each. */
  readonly upgrades: UpgradeTrouble[] = []
  /** HTTP statuses for the requests to come, one each; 0 cuts the connection. */
  readonly refusals: { readonly status: number; readonly headers?: JsonObject }[] = []
  /** Sockets ever opened, in order. */
  readonly sockets: SocketMode[] = []
  keys: readonly string[]
  upgradesSeen = 0
  readonly #server: Server
  readonly #streams = new Set<Duplex>()
  readonly #onAsk: ((ask: ScriptedAsk) => void) | null
  readonly #asks: ScriptedAsk[] = []
  readonly #waiting: ((ask: ScriptedAsk) => void)[] = []
  readonly #host: { traits: ServerTraits; asked(ask: ScriptedAsk): void; nextId(): string }
  readonly #secure: boolean
  #ids = 0

  private constructor(options: ModelOptions) {
    const { lanes = true, steering = false, warmUp = true, models = ["m-live", "m-deep"] } = options
    this.traits = { lanes, ignoresLanes: options.ignoresLanes ?? false, steering, warmUp, models }
    this.keys = options.keys ?? []
    this.#onAsk = options.onAsk ?? null
    this.#secure = options.tls != null
    this.#server = options.tls == null ? createServer() : createSecureServer(options.tls)
    this.#host = { traits: this.traits, asked: ask => this.#take(ask), nextId: () => String(++this.#ids) }
    const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 0 })
    this.#server.on("connection", (stream: Duplex) => this.#keep(stream))
    this.#server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      this.#upgrade(webSockets, request, stream, head),
    )
    this.#server.on("request", (request, response) => {
      const refusal = this.refusals.shift() ?? (this.#knows(request) ? null : { status: 401 })
      if (refusal === null) serveHttp(request, response, this.#host)
      else if (refusal.status === 0) response.destroy()
      else response.writeHead(refusal.status, { ...(refusal.headers as Record<string, string>) }).end("{}")
    })
  }

  static async start(options: ModelOptions = {}): Promise<ScriptedModel> {
    const model = new ScriptedModel(options)
    model.#server.listen(options.port ?? 0, "127.0.0.1")
    await once(model.#server, "listening")
    return model
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The base URL that a provider setting takes. */
  get baseUrl(): string {
    return `${this.#secure ? "https" : "http"}://127.0.0.1:${this.port}/v1`
  }

  /** The next ask that came, waiting for it if need be. */
  asked(): Promise<ScriptedAsk> {
    const ask = this.#asks.shift()
    return ask === undefined ? new Promise(resolve => this.#waiting.push(resolve)) : Promise.resolve(ask)
  }

  /** Cuts every connection. */
  dropAll(): void {
    for (const stream of this.#streams) stream.destroy()
  }

  async stop(): Promise<void> {
    this.dropAll()
    this.#server.close()
    await once(this.#server, "close")
  }

  #take(ask: ScriptedAsk): void {
    const waiting = this.#waiting.shift()
    if (this.#onAsk !== null) this.#onAsk(ask)
    else if (waiting === undefined) this.#asks.push(ask)
    else waiting(ask)
  }

  #keep(stream: Duplex): void {
    this.#streams.add(stream)
    stream.on("close", () => this.#streams.delete(stream))
    stream.on("error", () => {})
  }

  #knows(request: IncomingMessage): boolean {
    const key = request.headers.authorization?.replace("Bearer ", "") ?? String(request.headers["api-key"])
    return this.keys.length === 0 || this.keys.includes(key)
  }

  #upgrade(webSockets: WebSocketServer, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.upgradesSeen++
    const trouble = this.upgrades.shift() ?? (this.#knows(request) ? null : { status: 401 })
    if (trouble === "hang") return
    if (trouble === "drop") {
      stream.destroy()
      return
    }
    if (trouble !== null && trouble !== "open-then-drop") {
      const headers = Object.entries(trouble.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
      stream.end(
        `HTTP/1.1 ${trouble.status} No\r\n${headers.join("")}content-length: 0\r\nconnection: close\r\n\r\n`,
      )
      return
    }
    webSockets.handleUpgrade(request, stream, head, ws => {
      this.sockets.push(new SocketMode(ws, stream, this.#host))
      if (trouble === "open-then-drop") stream.destroy()
    })
  }
}
