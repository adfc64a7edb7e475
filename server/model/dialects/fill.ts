import type { AskRequest, Hole } from "../ask.ts"
import { ChoicesDecoder } from "./choices.ts"
import { type Dialect, withoutVersion } from "./dialect.ts"
import { renderHole } from "./fill-templates.ts"

const EMPTY: Hole = { before: "", after: "", files: [] }

/** Mistral's own fill-in-the-middle endpoint. */
export const MISTRAL: Dialect = suffixDialect(base => `${base}/fim/completions`)

/** Legacy completions with `suffix`, as DeepSeek's beta surface takes it. */
export const SUFFIX: Dialect = suffixDialect(base => `${withoutVersion(base)}/beta/completions`)

/** Legacy completions with the model's own tokens written into the prompt. */
export const TEMPLATE: Dialect = {
  url: base => `${base}/completions`,
  framing: "sse",
  body: (ask, { model, template }) => {
    const hole = ask.hole ?? EMPTY
    return JSON.stringify({
      model,
      prompt: template === null ? hole.before : renderHole(template, hole),
      max_tokens: ask.maxOutputTokens,
      temperature: 0,
      ...stops([...ask.stop, ...(template?.stop ?? [])]),
      stream: true,
      stream_options: { include_usage: true },
    })
  },
  decoder: () => new ChoicesDecoder(),
}

function suffixDialect(url: (base: string) => string): Dialect {
  return {
    url,
    framing: "sse",
    body: (ask, { model }) =>
      JSON.stringify({
        model,
        ...aroundHole(ask),
        max_tokens: ask.maxOutputTokens,
        temperature: 0,
        ...stops(ask.stop),
        stream: true,
      }),
    decoder: () => new ChoicesDecoder(),
  }
}

function aroundHole(ask: AskRequest): { readonly prompt: string; readonly suffix: string } {
  const hole = ask.hole ?? EMPTY
  const files = hole.files.map(file => `${file.text}\n`).join("")
  return { prompt: files + hole.before, suffix: hole.after }
}

function stops(stop: readonly string[]): { readonly stop?: readonly string[] } {
  return stop.length === 0 ? {} : { stop }
}
