import { changeBetween } from "../../base/text-change.ts"
import { yieldToLoop } from "../../base/time-slice.ts"
import type { Clock } from "../../model/clock.ts"
import type { Trial } from "../../syntax/trial.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type Anchor, anchored, followed } from "./anchor.ts"
import type { DocumentEditor } from "./document-edit.ts"
import { GrowingRewrite } from "./growing-rewrite.ts"
import { indentedLike } from "./streamed-lines.ts"

/** Least ms between two edits: a person follows no faster, and some editors tell of each 150 ms late. */
const PACE_MS = 180
/** Ms after which it is looked again where the tree was not at hand: some turns of parsing. */
const AGAIN_MS = 20
/** Most ms that it may take to see whether one text is whole; between two of them everybody else has their turn. */
const TRIAL_MS = 6
/** Numbers of lines tried for one edit, the most first. */
const MOST_TRIES = 8
/** Edits sent again because the document had changed elsewhere meanwhile. */
const MOST_RETRIES = 3

/** What a `LiveWriter` works with. */
export interface LiveWriterParts {
  readonly editor: DocumentEditor
  readonly document: (uri: string) => DocumentSnapshot | null
  readonly trial: (uri: string) => Trial | null
  readonly clock: Clock
}

/** So many new lines, and what the stretch is with them. */
interface Step {
  readonly count: number
  readonly text: string
}

/**
 * Rewrites a stretch of a document while its new lines come, whole lines at a time.
 * Invariant: after each edit the stretch is new lines followed by old ones or by what closes them, and the document is no
 * more broken than it was before the first.
 */
export class LiveWriter {
  readonly #uri: string
  readonly #label: string
  readonly #parts: LiveWriterParts
  readonly #onTrouble: (reason: string) => void
  readonly #growing: GrowingRewrite
  readonly #firstLine: string
  readonly #break: string
  readonly #broken: number
  #anchor: Anchor
  #offered: readonly string[] = []
  #shown = 0
  /** Counts how often it began anew. */
  #round = 0
  #isOver = false
  /** Ends a pause. */
  #wake: () => void = () => {}
  #pumping: Promise<void> | null = null

  /** For a stretch of an open document; `onTrouble` is called once, with a sentence, if it can't go on. */
  constructor(
    uri: string,
    anchor: Anchor,
    label: string,
    parts: LiveWriterParts,
    onTrouble: (reason: string) => void,
  ) {
    const old = anchored(anchor)
    this.#uri = uri
    this.#anchor = anchor
    this.#label = label
    this.#parts = parts
    this.#onTrouble = onTrouble
    this.#break =
      old.includes("\r\n") || (!old.includes("\n") && anchor.text.includes("\r\n")) ? "\r\n" : "\n"
    const lines = old.split(/\r\n|\n/)
    this.#firstLine = lines[0]!
    this.#growing = new GrowingRewrite(lines)
    const trial = parts.trial(uri)
    this.#broken = trial?.breakage.count ?? 0
    trial?.release()
  }

  /** Where the stretch is in the document as it was last seen; what is in it is what was written. */
  get anchor(): Anchor {
    return this.#anchor
  }

  /** Takes all whole lines that have come so far; fewer than before begin anew. */
  offer(lines: readonly string[]): void {
    if (lines.length < this.#offered.length) {
      this.#growing.clear()
      this.#shown = 0
      this.#round++
    }
    this.#offered = lines
    const fit = indentedLike(lines, this.#firstLine)
    for (const line of fit.slice(this.#growing.length)) this.#growing.push(line)
    if (this.#growing.length > this.#shown) this.#start()
  }

  /** Notes that the document has changed: the user may have typed in the stretch. */
  look(): void {
    if (this.#pumping === null && !this.#isOver) this.#follow()
  }

  /** Writes no more; settles when the edit in flight, if there is one, has come back. */
  async finish(): Promise<void> {
    this.#isOver = true
    this.#wake()
    await this.#pumping
  }

  #start(): void {
    if (this.#isOver || this.#pumping !== null) return
    this.#pumping = this.#pump().finally(() => {
      this.#pumping = null
    })
  }

  async #pump(): Promise<void> {
    for (let refused = 0; this.#hasMore; ) {
      const { length } = this.#growing
      const did = await this.#advance()
      if (did === "nothing") {
        // More lines may have come while it was looking.
        if (length === this.#growing.length) return
        continue
      }
      refused = did === "refused" ? refused + 1 : 0
      if (refused > MOST_RETRIES) this.#giveUp("the document keeps changing")
      if (!this.#isOver) await this.#pause(did === "later" ? AGAIN_MS : PACE_MS)
    }
  }

  get #hasMore(): boolean {
    return !this.#isOver && this.#shown < this.#growing.length
  }

  /** Writes the next lines if that can be done now. */
  async #advance(): Promise<"wrote" | "refused" | "later" | "nothing"> {
    const round = this.#round
    const document = this.#follow()
    const step = document && (await this.#nextStep())
    if (document === null || step === null) return "nothing"
    if (step === "later" || this.#isOver || round !== this.#round) return "later"
    if (!(await this.#write(document, step.text))) return "refused"
    if (round === this.#round) this.#shown = step.count
    return "wrote"
  }

  /** The document as it is, once the stretch is found in it; null if there is trouble. */
  #follow(): DocumentSnapshot | null {
    const document = this.#parts.document(this.#uri)
    if (document === null) return this.#giveUp("the document was closed")
    const anchor = followed(this.#anchor, document.text)
    if (anchor === null) return this.#giveUp("the code was changed while it was being rewritten")
    this.#anchor = anchor
    return document
  }

  /** The most new lines that leave the document whole; null if more of them are needed, `later` without a tree just now. */
  async #nextStep(): Promise<Step | "later" | null> {
    const trial = this.#parts.trial(this.#uri)
    if (trial === null) return "later"
    const round = this.#round
    let found: Step | null = null
    for (const step of this.#steps()) {
      if (this.#isOver || round !== this.#round) break
      if (this.#isWhole(trial, step.text)) {
        found = step
        break
      }
      await yieldToLoop()
    }
    trial.release()
    return found
  }

  /** What could be written next, the most lines first. Those that come meanwhile are for the next time. */
  *#steps(): Iterable<Step> {
    const { length } = this.#growing
    const least = Math.max(this.#shown, length - MOST_TRIES)
    for (let count = length; count > least; count--) {
      for (const lines of this.#growing.after(count)) yield { count, text: lines.join(this.#break) }
    }
  }

  #isWhole(trial: Trial, text: string): boolean {
    const { start, end } = this.#anchor
    const breakage = trial.breakageAfter({ start, end, text }, TRIAL_MS)
    return breakage !== null && breakage.count <= this.#broken
  }

  /** Whether the stretch holds `text` now; false if it should be tried again. */
  async #write(document: DocumentSnapshot, text: string): Promise<boolean> {
    const { start } = this.#anchor
    const change = changeBetween(anchored(this.#anchor), text)
    if (change === null) return true
    const edit = {
      document,
      changes: [{ start: start + change.start, end: start + change.end, text: change.text }],
    }
    const before = this.#anchor
    const outcome = await this.#parts.editor.apply([edit], this.#label)
    if (outcome.kind === "refused") return false
    if (outcome.kind === "unverified") {
      this.#giveUp(outcome.reason)
      return true
    }
    this.#anchor = {
      text: before.text.slice(0, start) + text + before.text.slice(before.end),
      start,
      end: start + text.length,
    }
    return true
  }

  #pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = this.#parts.clock.after(ms, resolve)
      this.#wake = () => {
        timer.stop()
        resolve()
      }
    })
  }

  #giveUp(reason: string): null {
    if (!this.#isOver) {
      this.#isOver = true
      this.#onTrouble(reason)
    }
    return null
  }
}
