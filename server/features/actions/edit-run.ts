import { cancel } from "../../base/cancel.ts"
import { changeBetween } from "../../base/text-change.ts"
import type { Answer, AskRequest, Ending } from "../../model/ask.ts"
import type { Session } from "../../model/session.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type Anchor, anchored, followed } from "./anchor.ts"
import type { DocumentEdit, EditOutcome } from "./document-edit.ts"
import type { AnswerForm } from "./landing/answer.ts"
import type { LandedFile, Landing } from "./landing/landing.ts"
import { LiveWriter, type LiveWriterParts } from "./live-writer.ts"
import { redirectTurn } from "./prompts/edit-prompt.ts"
import { StreamedLines } from "./streamed-lines.ts"
import { type Written, writtenBy } from "./undo-list.ts"
import { WritingPace } from "./writing-pace.ts"

/** An edit that is ready to be asked for. */
export interface PreparedEdit {
  readonly title: string
  readonly request: AskRequest
  readonly form: AnswerForm
  /** The document as the model was shown it. */
  readonly document: DocumentSnapshot
  /** What is rewritten, in its text. */
  readonly target: Anchor
  readonly instruction: string
  /** What an answer to these instructions comes to in a text of the document as it is now, had nothing been written yet. */
  readonly land: (answer: string, now: string, said: readonly string[]) => Promise<Landing>
}

/** What a run works with. */
interface EditRunParts extends LiveWriterParts {
  readonly session: Session
  /** Whether lines are shown while they come, or all at once at the end. */
  readonly streams: boolean
  /** Told what is going on, for people. */
  readonly onProgress: (message: string) => void
}

/** How a run ended: `says` is a sentence for the user; what was written can be undone. */
export interface EditRunEnd {
  readonly kind: "done" | "stopped" | "failed"
  readonly says: string
  readonly written: readonly Written[]
}

/** Times the last edit is made anew because the document changed meanwhile. */
const MOST_LANDINGS = 4
/** Longest answer read, in UTF-16 code units: more than any bound lets through. */
const MOST_ANSWER = 500_000

/** One edit while a model makes it: asked for, written as it comes, landed, or taken back. */
export class EditRun {
  readonly #prepared: PreparedEdit
  readonly #parts: EditRunParts
  readonly #stop = new AbortController()
  readonly #writer: LiveWriter | null
  #request: AskRequest
  #answer: Answer
  #text = ""
  readonly #lines = new StreamedLines()
  readonly #pace: WritingPace
  /** Every instruction so far. */
  readonly #said: string[]
  #trouble: string | null = null
  /** An instruction that came when the answer had ended. */
  #next: string | null = null
  #isLanding = false

  /** Asks at once. */
  constructor(prepared: PreparedEdit, parts: EditRunParts) {
    this.#prepared = prepared
    this.#parts = parts
    this.#request = prepared.request
    this.#said = [prepared.instruction]
    this.#pace = new WritingPace(parts.clock, parts.onProgress)
    const { document, target, title } = prepared
    const onTrouble = (reason: string): void => {
      this.#trouble ??= reason
      cancel(this.#stop, "content-modified")
    }
    const streams = parts.streams && prepared.form === "rewrite"
    this.#writer = streams ? new LiveWriter(document.uri, target, title, parts, onTrouble) : null
    this.#answer = parts.session.ask(this.#request, this.#stop.signal)
  }

  /** Where it writes, in the document as it was last seen. */
  get place(): Anchor {
    return this.#writer?.anchor ?? this.#prepared.target
  }

  /** Follows a new instruction from now on; false once it is too late. */
  steer(instruction: string): boolean {
    if (this.#stop.signal.aborted || this.#isLanding) return false
    this.#said.push(instruction)
    if (!this.#answer.steer(redirectTurn(instruction))) this.#next = instruction
    return true
  }

  /** Ends with what is written so far. */
  stop(): void {
    if (!this.#isLanding) cancel(this.#stop, "client")
  }

  /** Notes that the document has changed. */
  look(): void {
    this.#writer?.look()
  }

  /** Settles when all is done and nothing more is written. Never rejects. */
  async run(): Promise<EditRunEnd> {
    let ending = await this.#read()
    while (this.#next !== null && ending.outcome.status === "completed")
      ending = await this.#askAnew(this.#next)
    this.#isLanding = true
    await this.#writer?.finish()
    const { outcome } = ending
    if (this.#trouble !== null) return this.#ended("stopped", `stopped, because ${this.#trouble}`)
    switch (outcome.status) {
      case "completed":
        return this.#land()
      case "cancelled":
        return this.#ended("stopped", "stopped")
      case "incomplete":
        return this.#takeBack(`the model's answer was cut short (${outcome.reason})`)
      case "failed":
        return this.#takeBack(outcome.error.message)
    }
  }

  /** Reads the answer to its end, and has its lines written meanwhile. */
  async #read(): Promise<Ending> {
    for await (const delta of this.#answer) {
      if (delta.kind === "end") return delta
      // What follows a new instruction is a new answer.
      if (delta.kind === "steered") this.#beginAnew()
      else this.#take(delta.text)
      if (this.#text.length > MOST_ANSWER) break
    }
    const outcome = { status: "incomplete", reason: "it is far too long" } as const
    const timings = { sent: null, firstToken: null, lastToken: null }
    return { kind: "end", outcome, usage: null, timings, over: null }
  }

  #beginAnew(): void {
    this.#text = ""
    this.#lines.clear()
    this.#pace.begin()
    this.#writer?.offer([])
  }

  #take(text: string): void {
    const { length } = this.#lines.lines
    this.#text += text
    this.#lines.push(text)
    const { lines } = this.#lines
    if (lines.length === length) return
    this.#writer?.offer(lines)
    this.#pace.note(() => lines)
  }

  #askAnew(instruction: string): Promise<Ending> {
    this.#next = null
    this.#request = {
      ...this.#request,
      turns: [
        ...this.#request.turns,
        { by: "model", text: this.#text },
        { by: "user", text: redirectTurn(instruction) },
      ],
    }
    this.#beginAnew()
    this.#answer = this.#parts.session.ask(this.#request, this.#stop.signal)
    return this.#read()
  }

  /** Has the whole answer land, anew if the document changed elsewhere meanwhile. */
  async #land(): Promise<EditRunEnd> {
    for (let tried = 0; tried < MOST_LANDINGS; tried++) {
      const end = await this.#landOnce()
      if (end !== null) return end
    }
    return this.#takeBack("the document keeps changing")
  }

  /** Null if the document changed meanwhile, so that it can be tried again. */
  async #landOnce(): Promise<EditRunEnd | null> {
    const { uri } = this.#prepared.document
    const document = this.#parts.document(uri)
    if (document === null) return { kind: "failed", says: "the document was closed", written: [] }
    const untouched = this.#withoutWritten(document.text)
    if (untouched === null) return this.#ended("stopped", "stopped, because the code was changed meanwhile")
    const landing = await this.#prepared.land(this.#text, untouched, this.#said)
    if (landing.kind === "refused") return this.#takeBack(landing.reason)
    if (this.#parts.document(uri)?.text !== document.text) return null
    const [file, ...others] = landing.files
    if (others.length > 0 || file?.isNew === true) {
      return this.#takeBack("the answer would change other files, which can't be done yet")
    }
    if (file === undefined || file.after === untouched)
      return this.#takeBack("the model changed nothing", "done")
    return this.#applyLanded(document, untouched, file)
  }

  async #applyLanded(
    document: DocumentSnapshot,
    untouched: string,
    { edits, after, unknownNames }: LandedFile,
  ): Promise<EditRunEnd | null> {
    const changes = untouched === document.text ? edits : changesTo(document, after)
    const outcome = await this.#apply(document, changes)
    if (outcome.kind === "unverified") return this.#ended("failed", outcome.reason)
    if (outcome.kind === "refused") {
      const changed = this.#parts.document(document.uri)?.text !== document.text
      return changed ? null : this.#takeBack(outcome.reason)
    }
    const written = writtenBy(document.uri, untouched, after)
    return { kind: "done", says: saysOf(unknownNames), written: written === null ? [] : [written] }
  }

  /** A text of the document as it would be had this run written nothing; null if that can't be told any more. */
  #withoutWritten(now: string): string | null {
    if (this.#writer === null) return now
    const place = followed(this.#writer.anchor, now)
    return place && now.slice(0, place.start) + anchored(this.#prepared.target) + now.slice(place.end)
  }

  #apply(document: DocumentSnapshot, changes: DocumentEdit["changes"]): Promise<EditOutcome> {
    return this.#parts.editor.apply([{ document, changes }], this.#prepared.title)
  }

  /** Ends with what is written so far. */
  #ended(kind: EditRunEnd["kind"], says: string): EditRunEnd {
    const { document, target } = this.#prepared
    const written = this.#writer && { uri: document.uri, anchor: this.#writer.anchor, old: anchored(target) }
    return { kind, says, written: written === null ? [] : [written] }
  }

  /** Ends with everything as it was before. */
  async #takeBack(reason: string, kind: "failed" | "done" = "failed"): Promise<EditRunEnd> {
    const document = this.#parts.document(this.#prepared.document.uri)
    const before = document && this.#withoutWritten(document.text)
    if (document === null || before === null) return this.#ended(kind, reason)
    const outcome = await this.#apply(document, changesTo(document, before))
    return outcome.kind === "applied" ? { kind, says: reason, written: [] } : this.#ended(kind, reason)
  }
}

function changesTo({ text }: DocumentSnapshot, after: string): DocumentEdit["changes"] {
  const change = changeBetween(text, after)
  return change === null ? [] : [change]
}

function saysOf(unknownNames: readonly string[]): string {
  return unknownNames.length === 0 ? "done" : `done; look at ${unknownNames.join(", ")}: nothing declares it`
}
