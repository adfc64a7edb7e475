import { type JsonObject, numberOf, objectOf, parseJson, textOf } from "../base/json.ts"
import type { Usage } from "./ask.ts"
import type { Frame, ModelEvent, WireEnd } from "./events.ts"
import { readWireError } from "./wire-error.ts"

const IGNORED: ModelEvent = { kind: "ignored" }

/** Reads one message of the Responses API, from a socket or from an SSE `data:` line. Never throws: any text gives a frame. */
export function decodeFrame(text: string): Frame {
  const body = objectOf(parseJson(text))
  if (body === null) return { lane: null, event: { kind: "garbage" } }
  return { lane: textOf(body["stream_id"]), event: decodeEvent(body) }
}

function decodeEvent(body: JsonObject): ModelEvent {
  const type = body["type"]
  if (type === "response.output_text.delta") return textEvent(body, false)
  if (typeof type !== "string") return errorEvent(body)
  if (type === "error") return errorEvent(body)
  const read = READERS.get(type)
  return read === undefined ? IGNORED : read(body)
}

const READERS: ReadonlyMap<string, (body: JsonObject) => ModelEvent> = new Map([
  ["response.created", createdEvent],
  ["response.in_progress", progressEvent],
  ["response.queued", progressEvent],
  ["response.output_item.added", itemEvent],
  ["response.refusal.delta", (body: JsonObject) => textEvent(body, true)],
  ["response.output_text.done", wholeTextEvent],
  ["response.completed", (body: JsonObject) => endEvent(body, "completed")],
  ["response.done", (body: JsonObject) => endEvent(body, statusIn(body))],
  ["response.incomplete", (body: JsonObject) => endEvent(body, "incomplete")],
  ["response.failed", (body: JsonObject) => endEvent(body, "failed")],
  ["response.cancelled", (body: JsonObject) => endEvent(body, "incomplete")],
  ["response.steer.accepted", (body: JsonObject) => steerEvent(body, "accepted")],
  ["response.steer.pending", (body: JsonObject) => steerEvent(body, "pending")],
  ["response.steer.failed", (body: JsonObject) => steerEvent(body, "failed")],
])

function createdEvent(body: JsonObject): ModelEvent {
  const id = responseId(body)
  return id === null ? IGNORED : { kind: "created", id, sequence: sequenceOf(body) }
}

function progressEvent(body: JsonObject): ModelEvent {
  return { kind: "progress", id: responseId(body), sequence: sequenceOf(body) }
}

function itemEvent(body: JsonObject): ModelEvent {
  const item = objectOf(body["item"])
  const id = item === null ? null : textOf(item["id"])
  if (item === null || id === null) return IGNORED
  return { kind: "item", item: id, commentary: item["phase"] === "commentary", sequence: sequenceOf(body) }
}

function textEvent(body: JsonObject, refusal: boolean): ModelEvent {
  const text = body["delta"]
  if (typeof text !== "string") return IGNORED
  return { kind: "text", text, item: textOf(body["item_id"]), sequence: sequenceOf(body), refusal }
}

function wholeTextEvent(body: JsonObject): ModelEvent {
  const text = textOf(body["text"])
  if (text === null) return IGNORED
  return { kind: "whole-text", text, item: textOf(body["item_id"]), sequence: sequenceOf(body) }
}

function endEvent(body: JsonObject, status: WireEnd["status"]): ModelEvent {
  const response = objectOf(body["response"]) ?? {}
  const details = objectOf(response["incomplete_details"])
  const reason = status === "incomplete" ? (textOf(details?.["reason"]) ?? "unknown") : null
  const error = status === "failed" ? readWireError({ error: response["error"] ?? "failed" }, null) : null
  return {
    kind: "end",
    id: textOf(response["id"]),
    end: { status, reason, error, usage: readUsage(objectOf(response["usage"])) },
    sequence: sequenceOf(body),
  }
}

function statusIn(body: JsonObject): WireEnd["status"] {
  const status = objectOf(body["response"])?.["status"]
  if (status === "failed") return status
  return status === "incomplete" || status === "cancelled" ? "incomplete" : "completed"
}

function errorEvent(body: JsonObject): ModelEvent {
  const error = readWireError(body, null)
  return error === null ? IGNORED : { kind: "error", error }
}

function steerEvent(body: JsonObject, outcome: "accepted" | "pending" | "failed"): ModelEvent {
  const id = textOf(objectOf(body["steer"])?.["previous_response_id"])
  return { kind: "steer", outcome, id, message: textOf(objectOf(body["error"])?.["message"]) ?? outcome }
}

/** Token counts in the Responses API's spelling; null if there are none. */
function readUsage(usage: JsonObject | null): Usage | null {
  if (usage === null) return null
  return {
    input: numberOf(usage["input_tokens"]) ?? 0,
    cached: numberOf(objectOf(usage["input_tokens_details"])?.["cached_tokens"]) ?? 0,
    output: numberOf(usage["output_tokens"]) ?? 0,
  }
}

function responseId(body: JsonObject): string | null {
  return textOf(objectOf(body["response"])?.["id"])
}

function sequenceOf(body: JsonObject): number | null {
  return numberOf(body["sequence_number"])
}
