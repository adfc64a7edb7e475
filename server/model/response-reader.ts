import type { Usage } from "./ask.ts"
import type { ModelEvent, WireEnd, WireError } from "./events.ts"
import type { PendingAsk } from "./pending-ask.ts"

/** What one event meant for the response it belongs to. */
export type Reading =
  | { readonly kind: "more" }
  /** `id` is null where nothing can go on from the response. */
  | { readonly kind: "ended"; readonly end: WireEnd; readonly text: string; readonly id: string | null }
  | { readonly kind: "failed"; readonly error: WireError }
  /** A piece of the text was lost on the way; the response itself goes on. */
  | { readonly kind: "garbled" }
  /** Steering was refused; `instruction` did not take hold. `ended` if the response had ended before that was said. */
  | {
      readonly kind: "not-steered"
      readonly instruction: string
      readonly ended: boolean
      readonly usage: Usage | null
    }

const MORE: Reading = { kind: "more" }

const REFUSED = { status: "incomplete", reason: "refusal" } as const

/**
 * Follows one response on one lane, and hands its text to the ask it is for.
 * Invariant: an event of another response, one already read, or one that comes twice changes nothing.
 */
export class ResponseReader {
  #ask: PendingAsk | null
  readonly #startsWith: "created" | "anything"
  readonly #earlier: ReadonlySet<string>
  readonly #commentary = new Set<string>()
  /** Ids of this response and of its items, so that the lane can tell late events of it later. */
  readonly ids: Set<string> = new Set()
  #id: string | null = null
  #running = false
  #sequence = -1
  #text = ""
  #itemStart = 0
  #item: string | null = null
  /** The text that was finished last, while nothing has come after it. */
  #finished: { readonly item: string | null; readonly text: string } | null = null
  #refused = false
  /** Instructions sent after this response of which nothing has come yet. */
  #steering: string[] = []
  #ended = false
  /** Whether this is the successor of a steered response: its server remembers what no request of ours says. */
  #succeeds = false
  #usage: Usage | null = null

  /**
   * `ask` is null for a response nobody waits for. `earlier` are the ids of the lane's former response. On a socket
   * nothing counts before `response.created`.
   */
  constructor(ask: PendingAsk | null, earlier: ReadonlySet<string>, startsWith: "created" | "anything") {
    this.#ask = ask
    this.#earlier = earlier
    this.#startsWith = startsWith
  }

  /** The response's id; null until the provider has said it. */
  get id(): string | null {
    return this.#id
  }

  /** Whether the provider has begun to work on it, and so needs what it goes on from no longer. */
  get running(): boolean {
    return this.#running
  }

  /** Whether the response is over and, because it was steered, another is to follow. */
  get successorDue(): boolean {
    return this.#ended
  }

  /**
   * Nobody waits for the successor any more: the instructions that it was to follow, as one, and what was used so far.
   * Should it come after all, it is drained.
   */
  giveUpSuccessor(): { readonly instruction: string; readonly usage: Usage | null } {
    const usage = this.#usage
    this.#usage = null
    return { instruction: this.#steering.join("\n"), usage }
  }

  /** The asker has left: what still comes is for nobody. */
  leave(): void {
    this.#ask = null
  }

  /** Notes that an instruction was sent after this response; its end may now be a new beginning. */
  steered(instruction: string): void {
    this.#steering.push(instruction)
  }

  read(event: ModelEvent): Reading {
    switch (event.kind) {
      case "text":
        return this.#readText(event)
      case "created":
        return this.#readCreated(event)
      case "whole-text":
        return this.#readWholeText(event)
      case "item":
        if (this.#stale(event.item, event.sequence)) return MORE
        this.ids.add(event.item)
        if (event.commentary) this.#commentary.add(event.item)
        return MORE
      case "end":
        return this.#readEnd(event)
      case "error":
        return { kind: "failed", error: event.error }
      case "steer":
        return this.#readSteer(event)
      case "progress":
        this.#running ||= this.#id !== null && (event.id === null || event.id === this.#id)
        return MORE
      case "ignored":
      case "garbage":
        return MORE
    }
  }

  #readCreated(event: ModelEvent & { kind: "created" }): Reading {
    if (this.#earlier.has(event.id) || this.ids.has(event.id)) return MORE
    if (this.#id !== null && this.#steering.length === 0) return MORE
    if (this.#id !== null) this.#startSuccessor()
    this.#id = event.id
    this.ids.add(event.id)
    this.#sequence = event.sequence ?? -1
    return MORE
  }

  #startSuccessor(): void {
    this.#steering = []
    this.#ended = false
    this.#succeeds = true
    this.#text = ""
    this.#itemStart = 0
    this.#item = null
    this.#finished = null
    this.#ask?.markSteered()
  }

  #readText(event: ModelEvent & { kind: "text" }): Reading {
    if (this.#stale(event.item, event.sequence)) return MORE
    if (event.refusal) this.#refused = true
    else if (event.item === null || !this.#commentary.has(event.item)) {
      this.#enterItem(event.item)
      this.#add(event.text)
    }
    return MORE
  }

  /** The provider repeats each finished text: a lost tail is made up for, a text that differs is not to be trusted. */
  #readWholeText(event: ModelEvent & { kind: "whole-text" }): Reading {
    if (this.#stale(event.item, event.sequence)) return MORE
    if (event.item !== null && this.#commentary.has(event.item)) return MORE
    if (this.#finished?.item === event.item && this.#finished.text === event.text) return MORE
    this.#enterItem(event.item)
    const had = this.#text.slice(this.#itemStart)
    if (event.text.startsWith(had)) this.#add(event.text.slice(had.length))
    else return { kind: "garbled" }
    this.#itemStart = this.#text.length
    this.#item = null
    this.#finished = { item: event.item, text: event.text }
    return MORE
  }

  #enterItem(item: string | null): void {
    if (item === null) return
    this.ids.add(item)
    if (this.#item !== item) this.#itemStart = this.#text.length
    this.#item = item
  }

  #add(text: string): void {
    this.#running = true
    this.#finished = null
    this.#text += text
    this.#ask?.push(text)
  }

  #readEnd(event: ModelEvent & { kind: "end" }): Reading {
    const { id, end } = event
    if (id !== null && (this.#earlier.has(id) || (this.#id !== null && id !== this.#id))) return MORE
    if (this.#ended) return MORE
    if (id !== null) this.ids.add(id)
    this.#usage = sum(this.#usage, end.usage)
    // An instruction may have crossed the end: a successor follows, or word that there will be none.
    this.#ended = this.#steering.length > 0 && end.status !== "failed"
    if (this.#ended) return MORE
    const refused = this.#refused && end.status === "completed"
    const said: WireEnd = { ...end, ...(refused ? REFUSED : {}), usage: this.#usage }
    return { kind: "ended", end: said, text: this.#text, id: this.#succeeds ? null : (this.#id ?? id) }
  }

  #readSteer(event: ModelEvent & { kind: "steer" }): Reading {
    if (event.outcome !== "failed") return MORE
    const instruction = this.#steering.pop()
    if (instruction === undefined) return MORE
    const ended = this.#ended && this.#steering.length === 0
    return { kind: "not-steered", instruction, ended, usage: ended ? this.#usage : null }
  }

  #stale(item: string | null, sequence: number | null): boolean {
    if (this.#id === null && this.#startsWith === "created") return true
    if (item !== null && this.#earlier.has(item)) return true
    if (sequence === null) return false
    if (sequence <= this.#sequence) return true
    this.#sequence = sequence
    return false
  }
}

function sum(one: Usage | null, other: Usage | null): Usage | null {
  if (one === null || other === null) return one ?? other
  return {
    input: one.input + other.input,
    cached: one.cached + other.cached,
    output: one.output + other.output,
  }
}
