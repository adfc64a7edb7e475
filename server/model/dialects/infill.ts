import type { ModelEvent } from "../events.ts"
import { numberOf, objectOf, parseJson, textOf } from "../json.ts"
import { readWireError } from "../wire-error.ts"
import { type AnswerDecoder, brokenOff, type Dialect, withoutVersion } from "./dialect.ts"

/** llama.cpp's `/infill`. The line begun before the hole is sent apart, so that its tokens are not split. */
export const INFILL: Dialect = {
  url: base => `${withoutVersion(base)}/infill`,
  framing: "sse",
  body: ask => {
    const before = ask.hole?.before ?? ""
    const line = before.lastIndexOf("\n") + 1
    return JSON.stringify({
      input_extra: (ask.hole?.files ?? []).map(file => ({ filename: file.name, text: file.text })),
      input_prefix: before.slice(0, line),
      input_suffix: ask.hole?.after ?? "",
      prompt: before.slice(line),
      n_predict: ask.maxOutputTokens,
      temperature: 0,
      cache_prompt: true,
      stream: true,
      ...(ask.stop.length === 0 ? {} : { stop: ask.stop }),
    })
  },
  decoder: () => new InfillDecoder(),
}

class InfillDecoder implements AnswerDecoder {
  #ended = false

  data(text: string): readonly ModelEvent[] {
    if (this.#ended) return []
    const body = objectOf(parseJson(text))
    if (body === null) return text.trim() === "[DONE]" ? [] : [{ kind: "garbage" }]
    const error = body["content"] === undefined ? readWireError(body, null) : null
    if (error !== null) return this.#end([{ kind: "error", error }])
    const content = textOf(body["content"]) ?? ""
    const said: ModelEvent[] =
      content === "" ? [] : [{ kind: "text", text: content, item: null, sequence: null, refusal: false }]
    if (body["stop"] !== true) return said
    const cut = body["stop_type"] === "limit" || body["truncated"] === true
    const evaluated = numberOf(body["tokens_evaluated"])
    const usage =
      evaluated === null
        ? null
        : {
            input: evaluated,
            cached: numberOf(body["tokens_cached"]) ?? 0,
            output: numberOf(body["tokens_predicted"]) ?? 0,
          }
    const end = {
      status: cut ? ("incomplete" as const) : ("completed" as const),
      reason: cut ? "max_output_tokens" : null,
      error: null,
      usage,
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
