import { cancelledBy } from "../base/cancel.ts"
import type { ModelError } from "../base/errors.ts"
import type { Answer, AskRequest, Delta, Ending, Outcome, Usage } from "./ask.ts"
import type { Clock } from "./clock.ts"

/** Who works on an ask, told when nobody waits for it any more. */
export interface AskOwner {
  /** The ask ended; called once, at once, with the ask already settled. */
  settled(ask: PendingAsk, outcome: Outcome): void
  /** The asker adds an instruction to the running answer. */
  steer(ask: PendingAsk, instruction: string): void
}

/**
 * An ask and the answer that is coming for it.
 * Invariant: settled exactly once; after that nothing is delivered but what was already buffered, and after a
 * cancellation not even that.
 */
export class PendingAsk implements Answer {
  /** What to ask now; steering may have added turns to what was asked first. */
  request: AskRequest
  /** How often it was tried again after a rejection that showed nothing. */
  retries = 0
  /** Set when going on from an earlier response failed: send everything. */
  wantsWholeInput = false
  readonly #clock: Clock
  readonly #owner: AskOwner
  readonly #signal: AbortSignal
  readonly #onAbort: () => void
  readonly #asked: number
  #sent: number | null = null
  #over: string | null = null
  #first: number | null = null
  #last: number | null = null
  #buffer: Delta[] = []
  #read = 0
  #waiting: ((result: IteratorResult<Delta>) => void) | null = null
  #outcome: Outcome | null = null
  #heldBack = ""
  #said = ""

  constructor(request: AskRequest, signal: AbortSignal, clock: Clock, owner: AskOwner) {
    this.request = request
    this.#clock = clock
    this.#owner = owner
    this.#signal = signal
    this.#asked = clock.ticks()
    this.#onAbort = () => this.cancel()
    if (signal.aborted) this.cancel()
    else signal.addEventListener("abort", this.#onAbort, { once: true })
  }

  /** Whether the answer has ended, one way or another. */
  get settled(): boolean {
    return this.#outcome !== null
  }

  /** Whether any of the answer has reached the asker: from then on nothing may be tried again. */
  get shown(): boolean {
    return this.#first !== null
  }

  /** Milliseconds since it was asked. */
  get age(): number {
    return this.#clock.ticks() - this.#asked
  }

  /** Milliseconds since anything of the answer came, or since it was asked. */
  get silence(): number {
    return this.#clock.ticks() - (this.#last ?? this.#asked)
  }

  /** Notes that the request has been handed to a transport, which `over` names. */
  markSent(over: string): void {
    this.#over = over
    this.#sent ??= this.age
  }

  /** Delivers text. Half of a surrogate pair is held back until the other half comes. */
  push(piece: string): void {
    if (this.#outcome !== null || piece === "") return
    let text = this.#heldBack === "" ? piece : this.#heldBack + piece
    const last = text.charCodeAt(text.length - 1)
    this.#heldBack = ""
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#heldBack = text.slice(-1)
      text = text.slice(0, -1)
    }
    this.#last = this.#clock.ticks()
    this.#first ??= this.#last
    this.#said += text
    if (text !== "") this.#deliver({ kind: "text", text })
  }

  /** Makes what was said so far and a new instruction part of the request, for asking again. */
  extendRequest(instruction: string): void {
    const said = this.#said === "" ? [] : [{ by: "model" as const, text: this.#said }]
    const turns = [...this.request.turns, ...said, { by: "user" as const, text: instruction }]
    this.request = { ...this.request, turns, hole: null }
    this.#said = ""
    this.markSteered()
  }

  /** Marks that a new instruction has taken hold. */
  markSteered(): void {
    this.#heldBack = ""
    if (this.#outcome === null) this.#deliver({ kind: "steered" })
  }

  /** Ends the answer. A second end is not heard. */
  settle(outcome: Outcome, usage: Usage | null): void {
    if (this.#outcome !== null) return
    this.#outcome = outcome
    this.#signal.removeEventListener("abort", this.#onAbort)
    if (outcome.status === "cancelled") this.#dropUnread()
    this.#deliver(this.#ending(outcome, usage))
    this.#owner.settled(this, outcome)
  }

  /** Ends the answer with a failure. */
  fail(error: ModelError): void {
    this.settle({ status: "failed", error }, null)
  }

  /** Ends the answer because its asker left. */
  cancel(): void {
    const reason = this.#signal.aborted ? cancelledBy(this.#signal).reason : "client"
    this.settle({ status: "cancelled", reason }, null)
  }

  steer(instruction: string): boolean {
    if (this.#outcome !== null) return false
    this.#owner.steer(this, instruction)
    return true
  }

  [Symbol.asyncIterator](): AsyncIterator<Delta> {
    return {
      next: () => this.#next(),
      return: () => {
        this.cancel()
        this.#dropUnread()
        return Promise.resolve({ done: true, value: undefined })
      },
    }
  }

  #next(): Promise<IteratorResult<Delta>> {
    const delta = this.#buffer[this.#read]
    if (delta !== undefined) {
      this.#read++
      if (this.#read === this.#buffer.length) this.#dropUnread()
      return Promise.resolve({ done: false, value: delta })
    }
    if (this.#outcome !== null) return Promise.resolve({ done: true, value: undefined })
    return new Promise(resolve => {
      this.#waiting = resolve
    })
  }

  #dropUnread(): void {
    this.#buffer = []
    this.#read = 0
  }

  #deliver(delta: Delta): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting === null) this.#buffer.push(delta)
    else waiting({ done: false, value: delta })
  }

  #ending(outcome: Outcome, usage: Usage | null): Ending {
    const since = (at: number | null): number | null => (at === null ? null : at - this.#asked)
    const timings = { sent: this.#sent, firstToken: since(this.#first), lastToken: since(this.#last) }
    return { kind: "end", outcome, usage, timings, over: this.#over }
  }
}
