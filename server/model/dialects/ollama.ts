import type { ModelEvent } from "../events.ts"
import { numberOf, objectOf, parseJson, textOf } from "../json.ts"
import { readWireError } from "../wire-error.ts"
import { type AnswerDecoder, brokenOff, type Dialect, withoutVersion } from "./dialect.ts"

/** Ollama's `/api/generate` with a suffix. The model is kept in memory for half an hour. */
export const OLLAMA: Dialect = {
  url: base => `${withoutVersion(base)}/api/generate`,
  framing: "lines",
  body: (ask, { model }) =>
    JSON.stringify({
      model,
      prompt: ask.hole?.before ?? "",
      suffix: ask.hole?.after ?? "",
      options: { temperature: 0, num_predict: ask.maxOutputTokens, stop: ask.stop },
      keep_alive: "30m",
      stream: true,
    }),
  decoder: () => new OllamaDecoder(),
}

class OllamaDecoder implements AnswerDecoder {
  #ended = false

  data(text: string): readonly ModelEvent[] {
    if (this.#ended || text.trim() === "") return []
    const body = objectOf(parseJson(text))
    if (body === null) return [{ kind: "garbage" }]
    const error = body["response"] === undefined ? readWireError(body, null) : null
    if (error !== null) return this.#end([{ kind: "error", error }])
    const content = textOf(body["response"]) ?? ""
    const said: ModelEvent[] =
      content === "" ? [] : [{ kind: "text", text: content, item: null, sequence: null, refusal: false }]
    if (body["done"] !== true) return said
    const cut = body["done_reason"] === "length"
    const input = numberOf(body["prompt_eval_count"])
    const end = {
      status: cut ? ("incomplete" as const) : ("completed" as const),
      reason: cut ? "max_output_tokens" : null,
      error: null,
      usage: input === null ? null : { input, cached: 0, output: numberOf(body["eval_count"]) ?? 0 },
    }
    return this.#end([...said, { kind: "end", id: null, end, sequence: null }])
  }

  done(): readonly ModelEvent[] {
    return this.#ended ? [] : this.#end([brokenOff("the answer broke off")])
  }

  #end(events: readonly ModelEvent[]): readonly ModelEvent[] {
    this.#ended = true
    return events
  }
}
