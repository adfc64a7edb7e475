import { createParser } from "eventsource-parser"
import { pauseUntil } from "../../model/scripted/pace.ts"
import { CURSOR } from "./asked-place.ts"
import type { Ghost, GhostSource, Spot } from "./ghost.ts"

const INSTRUCTIONS = "Continue the code at the cursor. Answer with nothing but the code that follows it."
/** What it sends of the document on either side of the cursor, in UTF-16 code units: about 2,000 tokens. */
const WINDOW = 4000

/**
 * What most plugins do: so many ms after the last key one HTTP request with the text around the cursor, the answer as
 * server-sent events, shown when it is whole, without a fence and without what follows the cursor already; each key cancels
 * the request before. Nothing is kept.
 */
export class NaiveGhost implements GhostSource {
  readonly #baseUrl: string
  readonly #debounceMs: number
  #running = new AbortController()

  constructor(baseUrl: string, debounceMs: number) {
    this.#baseUrl = baseUrl
    this.#debounceMs = debounceMs
  }

  open(): void {}

  change(): void {
    this.#running.abort()
  }

  took(): void {}

  close(): void {
    this.#running.abort()
  }

  async ask({ text, offset }: Spot): Promise<Ghost | null | undefined> {
    this.#running.abort()
    const running = new AbortController()
    this.#running = running
    await pauseUntil(performance.now() + this.#debounceMs)
    if (running.signal.aborted) return undefined
    const before = text.slice(Math.max(0, offset - WINDOW), offset)
    const after = text.slice(offset, offset + WINDOW)
    const answer = await this.#answer(`${before}${CURSOR}${after}`, running.signal).catch(() => undefined)
    if (answer === undefined || running.signal.aborted) return undefined
    const said = withoutOverlap(withoutFence(answer), after)
    return said.trim() === ""
      ? null
      : { text: said, start: offset, end: offset, newText: said, command: null }
  }

  async #answer(input: string, signal: AbortSignal): Promise<string> {
    const body = {
      model: "m-live",
      store: false,
      stream: true,
      instructions: INSTRUCTIONS,
      max_output_tokens: 256,
      input: [{ type: "message", role: "user", content: [{ type: "input_text", text: input }] }],
    }
    const headers = { "content-type": "application/json" }
    const response = await fetch(`${this.#baseUrl}/responses`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      signal,
    })
    let said = ""
    const parser = createParser({
      onEvent: ({ data }) => {
        const { type, delta } = JSON.parse(data) as { type: string; delta?: string }
        if (type === "response.output_text.delta") said += delta
      },
    })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
    return said
  }
}

/** The code of an answer that came in a fence. */
function withoutFence(answer: string): string {
  return /```\w*\n([\s\S]*?)\n?```/.exec(answer)?.[1] ?? answer
}

/** An answer up to where it repeats the beginning of what follows. */
function withoutOverlap(answer: string, after: string): string {
  for (let length = Math.min(answer.length, after.length); length > 0; length--) {
    if (answer.endsWith(after.slice(0, length))) return answer.slice(0, -length)
  }
  return answer
}
