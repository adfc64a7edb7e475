import type { IncomingMessage, ServerResponse } from "node:http"
import { arrayOf, type JsonObject, objectOf, parseJson, textOf } from "../../../server/base/json.ts"
import { paddingFor } from "./padding.ts"
import { ScriptedAsk, type Surface, type SurfaceName } from "./scripted-ask.ts"
import { usageOf } from "./socket-mode.ts"
import { inputTextOf, problemWithCreate, type ServerTraits } from "./strictness.ts"

/** What the HTTP surfaces tell the model. */
interface HttpHost {
  readonly traits: ServerTraits
  asked(ask: ScriptedAsk): void
  nextId(): string
}

const SURFACES: { readonly [path: string]: SurfaceName } = {
  "/v1/responses": "responses",
  "/v1/chat/completions": "chat",
  "/v1/completions": "completions",
  "/beta/completions": "completions",
  "/v1/fim/completions": "mistral",
  "/infill": "infill",
  "/api/generate": "ollama",
}

/** Serves one HTTP request: the list of models, or an ask on one of the surfaces. */
export function serveHttp(request: IncomingMessage, response: ServerResponse, host: HttpHost): void {
  const path = request.url ?? ""
  if (path === "/v1/models") {
    sendJson(response, 200, { object: "list", data: host.traits.models.map(id => ({ id })) })
    return
  }
  const name = SURFACES[path]
  let text = ""
  request.setEncoding("utf8")
  request.on("data", (chunk: string) => {
    text += chunk
  })
  request.on("end", () => {
    const arrivedAt = performance.now()
    const body = objectOf(parseJson(text))
    if (name === undefined) sendJson(response, 404, { error: { message: "no such path", code: "not_found" } })
    else if (body === null) sendJson(response, 400, { error: { message: "not JSON", code: "invalid_json" } })
    else accept(name, body, response, host, arrivedAt)
  })
}

function accept(
  name: SurfaceName,
  body: JsonObject,
  response: ServerResponse,
  host: HttpHost,
  arrivedAt: number,
): void {
  const refusal = name === "responses" ? problemWithCreate(body, host.traits) : null
  if (refusal !== null) {
    const { status, code, param } = refusal
    sendJson(response, status, { error: { message: code, code, param, type: "invalid_request_error" } })
    return
  }
  const input = inputOf(name, body)
  const surface = surfaceFor(name, body, input, response, host)
  host.asked(new ScriptedAsk(name, body, input, null, surface, arrivedAt))
}

function inputOf(name: SurfaceName, body: JsonObject): string {
  if (name === "responses") return inputTextOf(arrayOf(body["input"]))
  if (name === "chat") {
    return arrayOf(body["messages"])
      .map(message => textOf(objectOf(message)?.["content"]) ?? "")
      .join("")
  }
  const before = name === "infill" ? textOf(body["input_prefix"]) : ""
  const after = textOf(body["suffix"]) ?? textOf(body["input_suffix"]) ?? ""
  return `${before}${textOf(body["prompt"]) ?? ""}|${after}`
}

function surfaceFor(
  name: SurfaceName,
  body: JsonObject,
  input: string,
  response: ServerResponse,
  host: HttpHost,
): Surface {
  const writer = name === "responses" ? responsesWriter(body, input, host) : plainWriter(name)
  const gone = new Promise<void>(resolve => response.on("close", () => resolve()))
  const begin = (): void => {
    if (response.headersSent) return
    const type = name === "ollama" ? "application/x-ndjson" : "text/event-stream"
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" })
    response.write(writer.begin())
  }
  /** What a script says after the end is not heard over HTTP. */
  const say = (text: () => string | Uint8Array): void => {
    if (response.writableEnded || response.destroyed) return
    begin()
    response.write(text())
  }
  return {
    begin,
    delta: text => say(() => writer.delta(text)),
    deltas: (text, count) => say(() => Array.from({ length: count }, () => writer.delta(text)).join("")),
    end: ({ status, reason }) => {
      say(() => writer.end(status, reason))
      response.end()
    },
    error: (status, error, headers) => {
      for (const [key, value] of Object.entries(headers ?? {})) response.setHeader(key, String(value))
      sendJson(response, status, { error })
    },
    raw: message => say(() => message),
    message: body =>
      say(() => (name === "ollama" ? `${JSON.stringify(body)}\n` : `data: ${JSON.stringify(body)}\n\n`)),
    halfThenDrop: () => {
      begin()
      response.write('data: {"type":"respon', () => response.destroy())
    },
    drop: () => response.destroy(),
    close: () => response.destroy(),
    item: () => "",
    response: () => "",
    gone,
  }
}

interface Writer {
  begin(): string
  delta(text: string): string
  end(status: string, reason: string | null): string
}

function responsesWriter(body: JsonObject, input: string, host: HttpHost): Writer {
  const id = `resp_${host.nextId()}`
  const item = `msg_${host.nextId()}`
  let sequence = 0
  let said = ""
  const event = (type: string, more: JsonObject): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...more })}\n\n`
  return {
    begin: () =>
      event("response.created", { response: { id, status: "in_progress", output: [] } }) +
      event("response.in_progress", { response: { id, status: "in_progress" } }),
    delta: text => {
      said += text
      const place = { item_id: item, output_index: 0, content_index: 0 }
      return event("response.output_text.delta", {
        ...place,
        delta: text,
        logprobs: [],
        ...paddingFor(body, text),
      })
    },
    end: (status, reason) => {
      const details = reason === null ? {} : { incomplete_details: { reason } }
      const done = said === "" ? "" : event("response.output_text.done", { item_id: item, text: said })
      return (
        done +
        event(`response.${status}`, { response: { id, status, usage: usageOf(input, said), ...details } })
      )
    },
  }
}

/** Its counts are made up, but for the output: every piece is a token. */
function plainWriter(name: SurfaceName): Writer {
  let pieces = 0
  const piece = (body: JsonObject): string => {
    pieces++
    return line(body)
  }
  const line = (body: JsonObject): string =>
    name === "ollama" ? `${JSON.stringify(body)}\n` : `data: ${JSON.stringify(body)}\n\n`
  if (name === "ollama") {
    return {
      begin: () => "",
      delta: text => piece({ response: text, done: false }),
      end: (_, reason) =>
        line({
          response: "",
          done: true,
          done_reason: reason === null ? "stop" : "length",
          prompt_eval_count: 7,
          eval_count: pieces,
        }),
    }
  }
  if (name === "infill") {
    return {
      begin: () => "",
      delta: text => piece({ content: text, stop: false }),
      end: (_, reason) =>
        line({
          content: "",
          stop: true,
          stop_type: reason === null ? "eos" : "limit",
          tokens_evaluated: 7,
          tokens_cached: 5,
          tokens_predicted: pieces,
        }),
    }
  }
  const choice = (text: string): JsonObject =>
    name === "completions" ? { text } : { delta: { content: text } }
  return {
    begin: () => "",
    delta: text => piece({ choices: [{ index: 0, ...choice(text), finish_reason: null }] }),
    end: (_, reason) =>
      line({ choices: [{ index: 0, ...choice(""), finish_reason: reason === null ? "stop" : "length" }] }) +
      line({
        choices: [],
        usage: { prompt_tokens: 7, completion_tokens: pieces, prompt_tokens_details: { cached_tokens: 5 } },
      }) +
      "data: [DONE]\n\n",
  }
}

function sendJson(response: ServerResponse, status: number, body: JsonObject): void {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(body))
}
