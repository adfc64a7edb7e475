import { type JsonObject, numberOf, textOf } from "../../base/json.ts"
import { type Dialect, withoutVersion } from "./dialect.ts"
import { StopDecoder, type StopPiece } from "./stop-decoder.ts"

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
  decoder: () => new StopDecoder(readPiece),
}

function readPiece(body: JsonObject): StopPiece | null {
  const text = textOf(body["content"])
  if (text === null) return null
  const cut = body["stop_type"] === "limit" || body["truncated"] === true
  const input = numberOf(body["tokens_evaluated"])
  const cached = numberOf(body["tokens_cached"]) ?? 0
  const output = numberOf(body["tokens_predicted"]) ?? 0
  const stop = body["stop"] !== true ? "no" : cut ? "cut" : "done"
  return { text, stop, usage: input === null ? null : { input, cached, output } }
}
