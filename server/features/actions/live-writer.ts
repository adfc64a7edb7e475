import { changeBetween } from "../../base/text-change.ts"
import type { Clock } from "../../model/clock.ts"
import type { Trial } from "../../syntax/trial.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type Anchor, anchored, followed } from "./anchor.ts"
import type { DocumentEditor } from "./document-edit.ts"
import { GrowingRewrite } from "./growing-rewrite.ts"
import { indentedLike } from "./streamed-lines.ts"

/** Least ms between two edits: a person follows no faster, and some editors tell of each 150 ms late. */
const PACE_MS = 180
/** Most ms that it may take to see whether one text is whole, and to look for one that is. */
const TRIAL_MS = 10
const SEARCH_MS = 12
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
  readonly #broken: number | null
  #anchor: Anchor
  #offered: readonly string[] = []
  #shown = 0
  #isOver = false
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
    this.#broken = this.#withTrial(trial => trial.breakage.count)
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

  /** Writes no more; settles when the edit in flight has come back. */
  async finish(): Promise<void> {
    this.#isOver = true
    await this.#pumping
  }

  #start(): void {
    if (this.#isOver || this.#pumping !== null) return
    this.#pumping = this.#pump().finally(() => {
      this.#pumping = null
    })
  }

  async #pump(): Promise<void> {
    for (let retries = 0; !this.#isOver && this.#shown < this.#growing.length; ) {
      const document = this.#follow()
      const step = document && this.#nextStep()
      if (document === null || step === null) return
      if (step === "later") {
        await this.#pause()
        continue
      }
      const wrote = await this.#write(document, step.text)
      if (!wrote && ++retries > MOST_RETRIES) {
        this.#giveUp("the document keeps changing")
        return
      }
      if (wrote) {
        this.#shown = step.count
        retries = 0
      }
      if (!this.#isOver) await this.#pause()
    }
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

  /** The most new lines that leave the document whole; null if more of them are needed, `later` if time ran out. */
  #nextStep(): { readonly count: number; readonly text: string } | "later" | null {
    const least = Math.max(this.#shown, this.#growing.length - MOST_TRIES)
    const deadline = performance.now() + SEARCH_MS
    const step = this.#withTrial<{ count: number; text: string } | "later" | "none">(trial => {
      for (let count = this.#growing.length; count > least; count--) {
        for (const lines of this.#growing.after(count)) {
          if (performance.now() > deadline) return "later"
          const text = lines.join(this.#break)
          if (this.#isWhole(trial, text)) return { count, text }
        }
      }
      return "none"
    })
    // Without a tree now there may be one in a moment.
    return step === "none" ? null : (step ?? "later")
  }

  #isWhole(trial: Trial, text: string): boolean {
    const { start, end } = this.#anchor
    const breakage = trial.breakageAfter({ start, end, text }, TRIAL_MS)
    return breakage !== null && breakage.count <= (this.#broken ?? 0)
  }

  #withTrial<T>(look: (trial: Trial) => T): T | null {
    const trial = this.#parts.trial(this.#uri)
    if (trial === null) return null
    const seen = look(trial)
    trial.release()
    return seen
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

  #pause(): Promise<void> {
    return new Promise(resolve => this.#parts.clock.after(PACE_MS, resolve))
  }

  #giveUp(reason: string): null {
    if (!this.#isOver) {
      this.#isOver = true
      this.#onTrouble(reason)
    }
    return null
  }
}
