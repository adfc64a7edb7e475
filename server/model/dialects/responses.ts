import type { AskRequest, Role, Turn } from "../ask.ts"
import type { ModelEvent } from "../events.ts"
import type { Route } from "../route.ts"
import { decodeFrame } from "../wire.ts"
import { type AnswerDecoder, BROKEN_OFF, type Dialect } from "./dialect.ts"

/** The smallest output bound the Responses API takes, in tokens. */
const LEAST_OUTPUT_BOUND = 16

/**
 * One ask as the Responses API wants it, in JSON text: `fields` is an object of everything but the input, `items` the
 * input, each item by itself. Equal texts mean equal requests, and `fields` is resent byte-equal.
 */
export interface ResponsesAsk {
  readonly fields: string
  readonly items: readonly string[]
  /** How many of `items` are stable: what a base response may hold. */
  readonly stable: number
}

/**
 * Writes down the stable parts of asks, once as long as they stay: they are long, and sent before every keystroke's
 * answer can begin.
 */
export class StableItems {
  readonly #last = new Map<Role, { readonly texts: readonly string[]; readonly items: readonly string[] }>()

  /** The stable parts of an ask as input items, each in JSON text. */
  of({ role, stable }: AskRequest): readonly string[] {
    const last = this.#last.get(role)
    const same = last?.texts.length === stable.length && last.texts.every((text, at) => text === stable[at])
    if (last !== undefined && same) return last.items
    const items = stableItems(stable)
    this.#last.set(role, { texts: stable, items })
    return items
  }
}

/** Writes an ask down for the Responses API; `stable` are its stable parts as input items, where they are known. */
export function responsesAsk(
  ask: AskRequest,
  route: Route,
  stable: readonly string[] = stableItems(ask.stable),
): ResponsesAsk {
  const { provider, model, effort, tier } = route
  const bound = Math.max(LEAST_OUTPUT_BOUND, ask.maxOutputTokens)
  const fields = JSON.stringify({
    model,
    store: false,
    instructions: ask.instructions,
    ...(effort === null ? {} : { reasoning: { effort } }),
    ...(tier === null ? {} : { service_tier: tier }),
    ...(provider.outputBound === null ? {} : { [provider.outputBound]: bound }),
    ...(provider.cacheKey ? { prompt_cache_key: ask.cacheKey } : {}),
    ...(provider.padding ? { stream_options: { include_obfuscation: false } } : {}),
  })
  return { fields, items: [...stable, ...ask.turns.map(itemOf)], stable: stable.length }
}

function stableItems(texts: readonly string[]): readonly string[] {
  return texts.map(text => itemOf({ by: "user", text }))
}

/** A turn as an input item, in JSON text. */
export function itemOf(turn: Turn): string {
  const user = turn.by === "user"
  return JSON.stringify({
    type: "message",
    role: user ? "user" : "assistant",
    content: [{ type: user ? "input_text" : "output_text", text: turn.text }],
  })
}

/** The Responses API over HTTP: the same events as over the socket, one request per answer. */
export const RESPONSES: Dialect = {
  url: base => `${base}/responses`,
  framing: "sse",
  body: (ask, route) => {
    const { fields, items } = responsesAsk(ask, route)
    return `{"stream":true,${fields.slice(1, -1)},"input":[${items.join(",")}]}`
  },
  decoder: () => new ResponsesDecoder(),
}

class ResponsesDecoder implements AnswerDecoder {
  #ended = false

  data(text: string): readonly ModelEvent[] {
    if (text.trim() === "[DONE]") return []
    const { event } = decodeFrame(text)
    this.#ended ||= event.kind === "end" || event.kind === "error"
    return [event]
  }

  done(): readonly ModelEvent[] {
    return this.#ended ? [] : [BROKEN_OFF]
  }
}
