import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http"
import { request as httpsRequest } from "node:https"
import { StringDecoder } from "node:string_decoder"
import { createParser } from "eventsource-parser"
import { objectOf, parseJson } from "../base/json.ts"
import type { AnswerDecoder } from "./dialects/dialect.ts"
import type { ModelEvent, WireError } from "./events.ts"
import type { Target } from "./target.ts"
import { readWireError, retryAfter } from "./wire-error.ts"

/** What becomes of an HTTP request: events, then exactly one of `done` or `broken`; nothing after `stop`. */
interface ExchangeEvents {
  event(event: ModelEvent): void
  /** The body has ended, all events told. */
  done(): void
  /** The transport failed. */
  broken(error: Error): void
}

/** An HTTP request under way. */
export interface Exchange {
  /** Gives it up: closes the connection, which also makes most servers stop. */
  stop(): void
}

/** The largest body read of an answer that is an error or a list, in UTF-16 units. */
const MAX_BODY = 1024 * 1024

/** The largest single message of a stream, in UTF-16 units. */
const MAX_MESSAGE = 16 * 1024 * 1024

/** POSTs an ask and reads its answer as it streams. */
export function postAsk(
  target: Target,
  body: string,
  framing: "sse" | "lines",
  decoder: AnswerDecoder,
  events: ExchangeEvents,
): Exchange {
  return exchange(target, "POST", body, events.broken, response => {
    const status = response.statusCode ?? 0
    if (status !== 200) {
      readWhole(response, text => {
        events.event({ kind: "error", error: errorOf(response, status, text) })
        events.done()
      })
      return
    }
    const tell = (text: string): void => {
      for (const event of decoder.data(text)) events.event(event)
    }
    const tooBig = (): void => {
      response.destroy(new Error("a message of the model was too big"))
    }
    const feed = framing === "sse" ? sseFeed(tell, tooBig) : lineFeed(tell, tooBig)
    const decode = new StringDecoder("utf8")
    response.on("data", (chunk: Buffer) => feed(decode.write(chunk)))
    response.on("end", () => {
      feed(`${decode.end()}\n\n`)
      for (const event of decoder.done()) events.event(event)
      events.done()
    })
  })
}

/** GETs JSON; null for anything but a readable answer with status 200. */
export function getJson(target: Target, done: (value: unknown) => void): Exchange {
  return exchange(
    target,
    "GET",
    null,
    () => done(null),
    response => {
      readWhole(response, text => done(response.statusCode === 200 ? (parseJson(text) ?? null) : null))
    },
  )
}

function exchange(
  target: Target,
  method: string,
  body: string | null,
  broken: (error: Error) => void,
  answered: (response: IncomingMessage) => void,
): Exchange {
  let over = false
  const once = (error: Error): void => {
    if (over) return
    over = true
    broken(error)
  }
  const request = open(target, method, body)
  request.on("error", once)
  request.on("response", response => {
    response.on("error", once)
    response.on("end", () => {
      over = true
    })
    if (!over) answered(response)
  })
  request.end(body ?? undefined)
  return {
    stop: () => {
      over = true
      request.destroy()
    },
  }
}

function open(target: Target, method: string, body: string | null): ClientRequest {
  const headers = {
    ...target.headers,
    accept: "text/event-stream, application/json",
    ...(body === null
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
  }
  const send = target.url.startsWith("https:") ? httpsRequest : httpRequest
  return send(target.url, { method, headers, ...(target.agent === null ? {} : { agent: target.agent }) })
}

function readWhole(response: IncomingMessage, done: (text: string) => void): void {
  let text = ""
  response.setEncoding("utf8")
  response.on("data", (chunk: string) => {
    if (text.length < MAX_BODY) text += chunk
  })
  response.on("end", () => done(text))
}

function errorOf(response: IncomingMessage, status: number, text: string): WireError {
  const body = objectOf(parseJson(text))
  const said = body === null ? null : readWireError(body, status)
  const wait = retryAfter(response.headers)
  if (said !== null) return { ...said, retryAfterMs: wait ?? said.retryAfterMs }
  return { status, code: null, param: null, message: `the model answered HTTP ${status}`, retryAfterMs: wait }
}

type Feed = (text: string) => void

function sseFeed(tell: (text: string) => void, tooBig: () => void): Feed {
  let over = false
  const parser = createParser({
    onEvent: event => tell(event.data),
    onError: error => {
      over ||= error.type === "max-buffer-size-exceeded"
      if (over) tooBig()
    },
    maxBufferSize: MAX_MESSAGE,
  })
  return text => {
    if (!over) parser.feed(text)
  }
}

function lineFeed(tell: (text: string) => void, tooBig: () => void): Feed {
  let rest = ""
  return text => {
    const lines = (rest + text).split("\n")
    rest = lines.pop() ?? ""
    if (rest.length > MAX_MESSAGE) tooBig()
    for (const line of lines) if (line.trim() !== "") tell(line)
  }
}
