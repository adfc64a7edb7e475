import { Agent, request } from "node:https"
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
 * The usual client: one POST per ask with the whole input, the answer as server-sent events. `keepAlive` reuses one
 * connection; without it every ask has a connection of its own.
 */
export function plainClient(baseUrl: string, keepAlive: boolean): Client {
  const agent = keepAlive ? new Agent({ keepAlive: true, maxSockets: 1 }) : false
  return ask =>
    new Promise((resolve, reject) => {
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
      const body = plainBody(ask)
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
      const sent = request(`${baseUrl}/responses`, { method: "POST", agent, headers }, response => {
        response.setEncoding("utf8")
        response.on("data", (chunk: string) => parser.feed(chunk))
        response.on("end", () => resolve({ asked, first, last, deltas }))
        response.on("error", reject)
      })
      sent.on("error", reject)
      sent.end(body)
    })
}

/** The whole ask, padding left as the API has it unless asked otherwise. */
function plainBody(ask: AskRequest): string {
  const provider = { ...PROVIDER, padding: false }
  const route = { provider, model: "m", effort: "none", tier: null, template: null }
  const { fields, items } = responsesAsk(ask, route)
  return `{"stream":true,${fields.slice(1, -1)},"input":[${items.join(",")}]}`
}
