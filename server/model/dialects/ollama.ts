import { type JsonObject, numberOf, textOf } from "../../base/json.ts"
import { type Dialect, withoutVersion } from "./dialect.ts"
import { StopDecoder, type StopPiece } from "./stop-decoder.ts"

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
  decoder: () => new StopDecoder(readPiece),
}

function readPiece(body: JsonObject): StopPiece | null {
  const text = textOf(body["response"])
  if (text === null) return null
  const input = numberOf(body["prompt_eval_count"])
  const output = numberOf(body["eval_count"]) ?? 0
  const stop = body["done"] !== true ? "no" : body["done_reason"] === "length" ? "cut" : "done"
  return { text, stop, usage: input === null ? null : { input, cached: 0, output } }
}
