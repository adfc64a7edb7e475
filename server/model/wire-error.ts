import type { ModelErrorKind } from "../base/errors.ts"
import { type JsonObject, numberOf, objectOf, textOf } from "../base/json.ts"
import type { WireError } from "./events.ts"

/** What an error means for the ask it names and for the connection it came on. */
export type ErrorMeaning =
  | "stale-continuation" // the response it goes on from is gone: send the whole input
  | "no-lanes" // this server has no `stream_id`
  | "lane-names-used-up" // this socket has no names left
  | "socket-too-old" // the socket's time is over
  | "overlap" // one request at a time
  | "no-warm-up" // `generate` is unknown here
  | "no-effort" // this model takes no reasoning effort, or not the one named
  | "unauthorized"
  | "unknown-model"
  | "rate-limited"
  | "overloaded" // the server's own trouble: may pass
  | "broken-off" // the answer ended without an end: nobody knows what became of the ask
  | "rejected" // ours: saying it again changes nothing

const BY_CODE: ReadonlyMap<string, ErrorMeaning> = new Map<string, ErrorMeaning>([
  ["previous_response_not_found", "stale-continuation"],
  ["websocket_stream_limit_reached", "lane-names-used-up"],
  ["websocket_connection_limit_reached", "socket-too-old"],
  ["response_already_in_flight", "overlap"],
  ["invalid_api_key", "unauthorized"],
  ["model_not_found", "unknown-model"],
  ["rate_limit_exceeded", "rate-limited"],
  ["usage_limit_reached", "rate-limited"],
  ["usage_not_included", "rejected"],
  ["insufficient_quota", "rate-limited"],
  ["subscription_sharing_usage_limit_exceeded", "rate-limited"],
  ["server_error", "overloaded"],
  ["server_is_overloaded", "overloaded"],
  ["slow_down", "overloaded"],
  ["answer_broke_off", "broken-off"],
])

function refusesEffort({ status, param, message }: WireError): boolean {
  return (status === null || status === 400 || status === 422) && EFFORT.test(`${param ?? ""} ${message}`)
}

/** How servers name the effort when they refuse it. */
const EFFORT = /\breasoning[._ ]?effort\b|["'`]reasoning["'`]|^reasoning |does not support thinking/i

/** What a provider's error means. Codes are believed first, then the parameter it names, then the HTTP status. */
export function meaningOf(error: WireError): ErrorMeaning {
  const known = error.code === null ? undefined : BY_CODE.get(error.code)
  if (known !== undefined) return known
  if (names(error, "stream_id")) return "no-lanes"
  if (names(error, "generate")) return "no-warm-up"
  if (names(error, "previous_response_id")) return "stale-continuation"
  if (refusesEffort(error)) return "no-effort"
  if (error.status === 401) return "unauthorized"
  if (error.status === 429) return "rate-limited"
  if (error.status === 404 && /model/i.test(error.message)) return "unknown-model"
  return error.status !== null && error.status >= 500 ? "overloaded" : "rejected"
}

const PASSING: ReadonlySet<ErrorMeaning> = new Set<ErrorMeaning>([
  "overloaded",
  "broken-off",
  "overlap",
  "socket-too-old",
  "stale-continuation",
])

/** The kind of `ModelError` that a caller sees for a meaning. */
export function kindOf(meaning: ErrorMeaning): ModelErrorKind {
  if (meaning === "rate-limited") return "rate-limited"
  return PASSING.has(meaning) ? "unavailable" : "rejected"
}

/**
 * Reads an error body in any shape seen in the wild: `{error:{…}}`, `{code,message}`, `{error:"…"}`, `{detail:"…"}`,
 * `{detail:[…]}`; null if `body` is none of them.
 */
export function readWireError(body: JsonObject, status: number | null): WireError | null {
  const inner = objectOf(body["error"])
  const from = inner ?? body
  const message = textOf(from["message"]) ?? textOf(body["error"]) ?? detailOf(body["detail"])
  const code = textOf(from["code"]) ?? (inner === null ? null : textOf(inner["type"]))
  if (message === null && code === null) return null
  const said = message ?? code ?? ""
  const headers = objectOf(from["headers"]) ?? objectOf(body["headers"])
  return {
    status: numberOf(body["status"]) ?? numberOf(body["status_code"]) ?? numberOf(from["code"]) ?? status,
    code,
    param: textOf(from["param"]),
    message: said,
    retryAfterMs: (headers === null ? null : retryAfter(headers)) ?? retryAfterInWords(said),
  }
}

/** A detail in words, or a list of what was wrong with which field. */
function detailOf(detail: unknown): string | null {
  return Array.isArray(detail) ? JSON.stringify(detail) : textOf(detail)
}

/** The wait in ms that `retry-after-ms` or `retry-after` (seconds, or a date) asks for; null if neither is there or readable. */
export function retryAfter(headers: { readonly [name: string]: unknown }): number | null {
  const ms = Number(headers["retry-after-ms"] ?? Number.NaN)
  if (Number.isFinite(ms) && ms >= 0) return ms
  const seconds = Number(headers["retry-after"] ?? Number.NaN)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null
  // The server's own date is what its other dates are told by: its clock may not be ours.
  const wait = Date.parse(String(headers["retry-after"])) - Date.parse(String(headers["date"]))
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

function retryAfterInWords(message: string): number | null {
  const found = /try again in (\d+(?:\.\d+)?)\s*(ms|s|m)\b/i.exec(message)
  if (found === null) return null
  const unit = found[2]?.toLowerCase()
  return Number(found[1]) * (unit === "ms" ? 1 : unit === "s" ? 1000 : 60_000)
}

function names(error: WireError, param: string): boolean {
  if (error.param !== null) return error.param === param
  return new RegExp(`(unsupported|unknown|unrecognized|invalid)[^.]*\\b${param}\\b`, "i").test(error.message)
}
