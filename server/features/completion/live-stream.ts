import { cancel } from "../../base/cancel.ts"
import type { Log } from "../../base/log.ts"
import type { TextChange } from "../../base/text-change.ts"
import type { Answer, Ending } from "../../model/ask.ts"
import type { Clock } from "../../model/clock.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { Place } from "./asking/place.ts"
import type { Shape } from "./asking/shape.ts"
import { AnswerReader } from "./checks/answer-reader.ts"

/** How an answer is asked for; the stream ends it by the signal. */
type OpenAnswer = (signal: AbortSignal) => Answer

/** Who wants to know how an answer comes along. */
export interface StreamListener {
  /** The first part is complete, or there will be none (null); called once, before `ended`. */
  first(text: string | null): void
  /** Nothing more will be read. */
  ended(): void
}

/** What a stream is read with. */
interface StreamOptions {
  readonly listener: StreamListener
  readonly clock: Clock
  readonly log: Log
}

/** Units typed since the ask beyond which an answer can't be about the same any more. */
const MAX_TYPED = 4000

/**
 * One answer as it comes, and whether it still is about what stands in the document.
 * Invariant: `first` and `ended` settle, whatever becomes of the answer.
 */
export class LiveStream {
  readonly place: Place
  /** Whether it was to be less than the rest of a block, so that code is likely wanted behind it. */
  readonly goesOn: boolean
  /** When it was asked for, ms of the clock's `ticks`. */
  readonly startedAt: number
  /** The answer's beginning has been read and dealt with. */
  readonly first: Promise<void>
  /** All of it that will be has been read. */
  readonly ended: Promise<void>
  readonly #reader: AnswerReader
  readonly #controller = new AbortController()
  readonly #typedBefore: string
  /** Where the cursor was when it was asked for, in the document as it is now. */
  #anchor: number
  #isBroken = false
  #isOver = false
  #firstDelta: number | null = null
  #ending: Ending | null = null
  #begun: (() => void) | null = null

  /** Starts reading at once. */
  constructor(place: Place, shape: Shape, open: OpenAnswer, options: StreamOptions) {
    const { document, offset } = place
    this.place = place
    this.goesOn = shape.kind === "line"
    this.startedAt = options.clock.ticks()
    this.#anchor = offset
    this.#typedBefore = document.text.slice(document.lines.startOf(document.lines.lineAt(offset)), offset)
    this.#reader = new AnswerReader(place, shape)
    this.first = new Promise(resolve => {
      this.#begun = resolve
    })
    this.ended = this.#readAll(open(this.#controller.signal), options)
  }

  /** Everything read so far from the cursor on. */
  get sofar(): string {
    return this.#reader.sofar
  }

  /** What was read past the first part. */
  get rest(): string {
    return this.#reader.rest
  }

  /** Why no more was read, in a word; null while it is. */
  get stopped(): string | null {
    return this.#isOver ? (this.#reader.stopped ?? "end") : null
  }

  /** Whether nothing more will come. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Whether its first part is read. */
  get hasFirst(): boolean {
    return this.#reader.first !== null
  }

  /** When the first delta came, ms of the clock's `ticks`; null if none did yet. */
  get firstDelta(): number | null {
    return this.#firstDelta
  }

  /** How it ended; null while it has not, and where it was given up. */
  get ending(): Ending | null {
    return this.#ending
  }

  /** Follows a change of its document. */
  moved(change: TextChange): void {
    const lineStart = this.#anchor - this.#typedBefore.length
    if (change.end <= lineStart && change.start < lineStart)
      this.#anchor += change.text.length - (change.end - change.start)
    else if (change.start < lineStart && change.end > lineStart) this.#isBroken = true
  }

  /** Whether it may still say what comes next at an offset of its document as that is now. */
  agrees(document: DocumentSnapshot, offset: number): boolean {
    const anchor = this.#anchor
    if (this.#isBroken || offset < anchor || offset - anchor > MAX_TYPED) return false
    if (document.text.slice(anchor - this.#typedBefore.length, anchor) !== this.#typedBefore) return false
    const typed = document.text.slice(anchor, offset).replaceAll("\r\n", "\n")
    const said = this.sofar
    return said.startsWith(typed) || (!this.#isOver && typed.startsWith(said))
  }

  /** Ends the ask: nothing of it is of use any more. */
  abandon(): void {
    cancel(this.#controller, "superseded")
  }

  /** A border: what goes wrong here is a bug, but must not take the server down nor leave anybody waiting. */
  async #readAll(answer: Answer, options: StreamOptions): Promise<void> {
    try {
      await this.#read(answer, options)
    } catch (error) {
      options.log.bug("reading an answer failed", error)
    }
    this.#isOver = true
    this.#begun?.()
  }

  async #read(answer: Answer, { listener, clock }: StreamOptions): Promise<void> {
    for await (const delta of answer) {
      if (delta.kind === "text") {
        this.#firstDelta ??= clock.ticks()
        this.#reader.push(delta.text)
        if (this.#reader.first !== null) this.#begin(listener)
        if (this.#reader.stopped !== null) break
      } else if (delta.kind === "end") {
        this.#ending = delta
        if (delta.outcome.status !== "cancelled") this.#reader.end(delta.outcome.status === "completed")
      }
    }
    this.#isOver = true
    this.#begin(listener)
    listener.ended()
  }

  #begin(listener: StreamListener): void {
    const begun = this.#begun
    if (begun === null) return
    this.#begun = null
    listener.first(this.#reader.first)
    begun()
  }
}
