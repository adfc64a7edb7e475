import { type ClientOptions, WebSocket } from "ws"
import type { Clock } from "./clock.ts"
import { Flood } from "./flood.ts"
import type { Target } from "./target.ts"

/** The largest message taken from a server, in bytes: an answer is far smaller, and reading more would stall us. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/** What becomes of a socket, in this order: opened or refused, then messages, then closed. Nothing comes after `closed` or `refused`. */
interface SocketEvents {
  opened(): void
  /** The upgrade was answered with an HTTP status instead. */
  refused(status: number, headers: { readonly [name: string]: unknown }): void
  /** A text message; a binary one, which no provider sends, counts as an empty text. */
  message(text: string): void
  /** Something came, a pong perhaps: the peer is there. */
  heard(): void
  closed(code: number): void
}

/** One WebSocket, dialing or open. */
export interface Socket {
  /** Hands a text to the system; false, with nothing sent, if the socket is not open. */
  send(text: string): boolean
  ping(): void
  /** Ends the connection now; `closed` is still reported. */
  end(): void
}

/** The close code for a message that is too big. */
export const CLOSED_TOO_BIG = 1009

const AS_TEXT = { binary: false }

/** Starts dialing. The handshake fails as an abnormal close after `handshakeMs`. Redirects are not followed, so keys can't leak. */
export function openSocket(target: Target, handshakeMs: number, clock: Clock, events: SocketEvents): Socket {
  const options: ClientOptions = {
    headers: target.headers,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    ...(target.agent === null ? {} : { agent: target.agent }),
  }
  const ws = new WebSocket(target.url, options)
  const timer = clock.after(handshakeMs, () => ws.terminate())
  const flood = new Flood(clock)
  let over = false
  let tooBig = false
  const finish = (report: () => void): void => {
    timer.stop()
    if (over) return
    over = true
    report()
  }
  ws.on("open", () => {
    timer.stop()
    events.opened()
  })
  ws.on("unexpected-response", (request, response) => {
    const status = response.statusCode ?? 0
    response.resume()
    request.destroy()
    finish(() => events.refused(status, response.headers))
  })
  ws.on("message", (data, binary) => {
    events.heard()
    events.message(binary ? "" : String(data))
    if (flood.breaksAfterThis()) {
      ws.pause()
      setImmediate(() => ws.resume())
    }
  })
  ws.on("ping", () => events.heard())
  ws.on("pong", () => events.heard())
  ws.on("error", error => {
    tooBig = "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
  })
  ws.on("close", code => finish(() => events.closed(tooBig ? CLOSED_TOO_BIG : code)))
  return {
    send: text => {
      if (ws.readyState !== WebSocket.OPEN) return false
      // As bytes, which `ws` frames in one piece; a text would be written in two.
      ws.send(Buffer.from(text), AS_TEXT)
      return true
    },
    ping: () => {
      if (ws.readyState === WebSocket.OPEN) ws.ping()
    },
    end: () => ws.terminate(),
  }
}
