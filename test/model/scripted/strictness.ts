import { arrayOf, type JsonObject, objectOf, textOf } from "../../../server/base/json.ts"

/** What a scripted server can do. */
export interface ServerTraits {
  lanes: boolean
  /** Takes `stream_id` without complaint, and forgets it. */
  ignoresLanes: boolean
  steering: boolean
  warmUp: boolean
  models: readonly string[]
}

/** A refusal by the book. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly param: string | null
}

const FIELDS = new Set([
  "type",
  "stream_id",
  "stream",
  "generate",
  "previous_response_id",
  "model",
  "store",
  "instructions",
  "input",
  "reasoning",
  "service_tier",
  "max_output_tokens",
  "prompt_cache_key",
  "stream_options",
])

/** What the reference forbids in a `response.create` or in the body of a POST; null if nothing. */
export function problemWithCreate(event: JsonObject, traits: ServerTraits): Refusal | null {
  const stream = event["stream_id"]
  if (stream !== undefined && !traits.lanes) return { status: 400, code: "no_lanes", param: "stream_id" }
  if (stream !== undefined && (typeof stream !== "string" || !/^[A-Za-z0-9_.-]{1,256}$/.test(stream))) {
    return { status: 400, code: "invalid_stream_id", param: "stream_id" }
  }
  const unknown = Object.keys(event).find(name => !FIELDS.has(name))
  if (unknown !== undefined) return { status: 400, code: "unknown_parameter", param: unknown }
  if (event["generate"] === false && !traits.warmUp) {
    return { status: 400, code: "unknown_parameter", param: "generate" }
  }
  if (event["store"] !== false) return { status: 400, code: "invalid_value", param: "store" }
  if (!traits.models.includes(textOf(event["model"]) ?? "")) {
    return { status: 404, code: "model_not_found", param: "model" }
  }
  const bound = event["max_output_tokens"]
  if (bound !== undefined && (typeof bound !== "number" || bound < 16)) {
    return { status: 400, code: "integer_below_min_value", param: "max_output_tokens" }
  }
  return arrayOf(event["input"]).every(isMessage)
    ? null
    : { status: 400, code: "invalid_value", param: "input" }
}

/** The texts of input items, one after the other. */
export function inputTextOf(items: readonly unknown[]): string {
  return items
    .flatMap(item => arrayOf(objectOf(item)?.["content"]))
    .map(part => textOf(objectOf(part)?.["text"]) ?? "")
    .join("")
}

function isMessage(item: unknown): boolean {
  const message = objectOf(item)
  const kind = message?.["role"] === "assistant" ? "output_text" : "input_text"
  return (
    message?.["type"] === "message" &&
    arrayOf(message["content"]).every(part => objectOf(part)?.["type"] === kind)
  )
}
