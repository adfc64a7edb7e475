import { createParser } from "eventsource-parser"
import type { AskRequest } from "../../../server/model/ask.ts"
import { responsesAsk } from "../../../server/model/dialects/responses.ts"
import { providerNamed } from "../../../server/model/providers.ts"
import { sharedMs } from "./shared-clock.ts"

/** When an ask was made and its answer's pieces came, in ms of `sharedMs`. */
export interface Arrival {
  readonly asked: number
  readonly deltas: readonly number[]
}

/** A client that asks; the ways to be compared all look like this. */
export type Client = (ask: AskRequest) => Promise<Arrival>

const PROVIDER = providerNamed("openai")!

/**
 * The usual client, as the official packages do it: `fetch`, one POST per ask with the whole input, the answer as
 * server-sent events that are read in a loop. `keepAlive` reuses connections; without it every ask has one of its own.
 */
export function plainClient(baseUrl: string, keepAlive: boolean): Client {
  const headers = { "content-type": "application/json", ...(keepAlive ? {} : { connection: "close" }) }
  return async ask => {
    const asked = sharedMs()
    const deltas: number[] = []
    const response = await fetch(`${baseUrl}/responses`, { method: "POST", headers, body: plainBody(ask) })
    for await (const event of eventsOf(response)) {
      if (event.type === "response.output_text.delta") deltas.push(sharedMs())
    }
    return { asked, deltas }
  }
}

interface PlainEvent {
  readonly type: string
}

async function* eventsOf(response: Response): AsyncGenerator<PlainEvent> {
  let events: PlainEvent[] = []
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data) as PlainEvent) })
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* events
    events = []
  }
}

/** The whole ask, padding left as the API has it unless asked otherwise. */
function plainBody(ask: AskRequest): string {
  const provider = { ...PROVIDER, padding: false }
  const route = { provider, model: "m", effort: "none", tier: null, template: null }
  const { fields, items } = responsesAsk(ask, route)
  return `{"stream":true,${fields.slice(1, -1)},"input":[${items.join(",")}]}`
}
