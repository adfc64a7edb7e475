import type { AskRequest } from "../ask.ts"
import { ChoicesDecoder } from "./choices.ts"
import type { Dialect } from "./dialect.ts"

/** Chat completions as OpenAI-compatible servers speak them. */
export const CHAT: Dialect = {
  url: base => `${base}/chat/completions`,
  framing: "sse",
  body: (ask, { provider, model, effort, tier }) =>
    JSON.stringify({
      model,
      stream: true,
      stream_options: { include_usage: true },
      ...(provider.outputBound === null ? {} : { [provider.outputBound]: ask.maxOutputTokens }),
      ...(provider.sampling ? { temperature: 0 } : {}),
      ...(effort === null ? {} : { reasoning_effort: effort }),
      ...(tier === null ? {} : { service_tier: tier }),
      ...(provider.cacheKey ? { prompt_cache_key: ask.cacheKey } : {}),
      ...(ask.stop.length === 0 ? {} : { stop: ask.stop.slice(0, 4) }),
      messages: messages(ask),
    }),
  decoder: () => new ChoicesDecoder(),
}

interface Message {
  readonly role: "system" | "user" | "assistant"
  readonly content: string
}

/** Neighbours of one role become one message: many chat templates refuse two in a row. */
function messages(ask: AskRequest): Message[] {
  const said: Message[] = ask.instructions === "" ? [] : [{ role: "system", content: ask.instructions }]
  const turns = [...ask.stable.map(text => ({ by: "user" as const, text })), ...ask.turns]
  for (const turn of turns) {
    const role = turn.by === "user" ? "user" : "assistant"
    const last = said.at(-1)
    if (last?.role === role) said[said.length - 1] = { role, content: `${last.content}\n\n${turn.text}` }
    else said.push({ role, content: turn.text })
  }
  return said
}
