import { createParser } from "eventsource-parser"
import type { AskRequest } from "../../../server/model/ask.ts"
import { responsesAsk } from "../../../server/model/dialects/responses.ts"
import { providerNamed } from "../../../server/model/providers.ts"

/** When an answer's pieces came, in ms of this process's clock. */
export interface Arrival {
  readonly asked: number
  readonly first: number
  readonly last: number
  readonly deltas: number
}

/** A client that asks; the ways to be compared all look like this. */
export type Client = (ask: AskRequest) => Promise<Arrival>

const PROVIDER = providerNamed("openai")!

/**
 * The usual client, as the official packages do it: `fetch`, one POST per ask with the whole input, the answer as
 * server-sent events. `keepAlive` reuses connections; without it every ask has one of its own.
 */
export function plainClient(baseUrl: string, keepAlive: boolean): Client {
  const headers = { "content-type": "application/json", ...(keepAlive ? {} : { connection: "close" }) }
  return async ask => {
    const asked = performance.now()
    let first = 0
    let last = 0
    let deltas = 0
    const parser = createParser({
      onEvent: ({ data }) => {
        const event = JSON.parse(data) as { type: string; delta?: string }
        if (event.type !== "response.output_text.delta") return
        last = performance.now()
        if (deltas++ === 0) first = last
      },
    })
    const response = await fetch(`${baseUrl}/responses`, { method: "POST", headers, body: plainBody(ask) })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
    return { asked, first, last, deltas }
  }
}

/** The whole ask, padding left as the API has it unless asked otherwise. */
function plainBody(ask: AskRequest): string {
  const provider = { ...PROVIDER, padding: false }
  const route = { provider, model: "m", effort: "none", tier: null, template: null }
  const { fields, items } = responsesAsk(ask, route)
  return `{"stream":true,${fields.slice(1, -1)},"input":[${items.join(",")}]}`
}
