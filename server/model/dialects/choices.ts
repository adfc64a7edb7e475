import { arrayOf, type JsonObject, numberOf, objectOf, parseJson, textOf } from "../../base/json.ts"
import type { Usage } from "../ask.ts"
import { type ModelEvent, UNEXPLAINED, type WireEnd } from "../events.ts"
import { readWireError } from "../wire-error.ts"
import { type AnswerDecoder, BROKEN_OFF } from "./dialect.ts"

/**
 * Reads the `choices` chunks of chat completions, legacy completions and Mistral's FIM. The end is told at `[DONE]` or
 * when the body ends, because token counts come after the finish reason.
 */
export class ChoicesDecoder implements AnswerDecoder {
  #finish: string | null = null
  #usage: Usage | null = null
  #ended = false

  data(text: string): readonly ModelEvent[] {
    if (this.#ended) return []
    if (text.trim() === "[DONE]") return this.done()
    const body = objectOf(parseJson(text))
    if (body === null) return [{ kind: "garbage" }]
    const error = body["choices"] === undefined ? readWireError(body, null) : null
    if (error !== null) return this.#end({ kind: "error", error })
    this.#usage = readUsage(objectOf(body["usage"])) ?? this.#usage
    const choice = objectOf(arrayOf(body["choices"])[0])
    if (choice === null) return []
    this.#finish = textOf(choice["finish_reason"]) ?? this.#finish
    return textEvents(choice)
  }

  done(): readonly ModelEvent[] {
    if (this.#ended) return []
    if (this.#finish === null) return this.#end(BROKEN_OFF)
    return this.#end({ kind: "end", id: null, end: this.#ending(this.#finish), sequence: null })
  }

  #ending(finish: string): WireEnd {
    const usage = this.#usage
    if (finish === "length") return { status: "incomplete", reason: "max_output_tokens", error: null, usage }
    if (finish === "content_filter") return { status: "incomplete", reason: finish, error: null, usage }
    if (finish === "error") {
      return { status: "failed", reason: null, error: UNEXPLAINED, usage }
    }
    return { status: "completed", reason: null, error: null, usage }
  }

  #end(event: ModelEvent): readonly ModelEvent[] {
    this.#ended = true
    return [event]
  }
}

function textEvents(choice: JsonObject): readonly ModelEvent[] {
  const delta = objectOf(choice["delta"])
  const refused = textOf(delta?.["refusal"])
  const text = refused ?? textOf(delta?.["content"]) ?? textOf(choice["text"])
  if (text === null || text === "") return []
  return [{ kind: "text", text, item: null, sequence: null, refusal: refused !== null }]
}

function readUsage(usage: JsonObject | null): Usage | null {
  if (usage === null) return null
  const cached =
    numberOf(objectOf(usage["prompt_tokens_details"])?.["cached_tokens"]) ??
    numberOf(usage["prompt_cache_hit_tokens"])
  return {
    input: numberOf(usage["prompt_tokens"]) ?? 0,
    cached: cached ?? 0,
    output: numberOf(usage["completion_tokens"]) ?? 0,
  }
}
