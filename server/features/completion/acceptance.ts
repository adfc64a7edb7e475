import type { TextChange } from "../../base/text-change.ts"
import type { Clock } from "../../model/clock.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"

/** A suggestion that the user can see. */
export interface ShownSuggestion {
  /** Names of it and its alternatives. */
  readonly ids: readonly string[]
  readonly uri: string
  /** UTF-16 code units. */
  readonly offset: number
  readonly text: string
  /** The finding it comes from; shown again while it is typed along, it is the same. */
  readonly origin: number
  readonly fingerprint: string
}

/** What became of a suggestion. `typed`: written out key by key. `ignored`: gone before anybody could have read it. */
export type Verdict = "accepted" | "partly" | "typed" | "rejected" | "ignored"

/** How often each came about, and how many suggestions were shown. */
export type AcceptanceCounts = { readonly [verdict in Verdict]: number } & { readonly shown: number }

/** Told what became of a suggestion. */
type OnVerdict = (shown: ShownSuggestion, verdict: Verdict) => void

interface Watched {
  shown: ShownSuggestion
  /** When its finding was first shown, ms of the clock's `ticks`. */
  readonly since: number
  /** Units of it that stand in the document. */
  written: number
}

/** Nobody reads a suggestion in less, ms. */
const READING_MS = 500

/**
 * What becomes of what is shown, told by the client or else by the edits that follow: text of it that appears at once was
 * accepted, text that appears key by key was typed, and anything else after it could be read was a rejection.
 * Over simulated editing this is right for 97 of 100 suggestions (see its test); what it takes for accepted in part is at
 * times another server's item that begins alike. Only pauses, thresholds and local counts depend on it.
 */
export class Acceptance {
  readonly #clock: Clock
  readonly #onVerdict: OnVerdict
  readonly #watched = new Map<string, Watched>()
  readonly #counts: { [verdict in Verdict | "shown"]: number } = {
    shown: 0,
    accepted: 0,
    partly: 0,
    typed: 0,
    rejected: 0,
    ignored: 0,
  }

  constructor(clock: Clock, onVerdict: OnVerdict) {
    this.#clock = clock
    this.#onVerdict = onVerdict
  }

  /** Counts since the start; nothing of them leaves the process. */
  get counts(): AcceptanceCounts {
    return { ...this.#counts }
  }

  /** The suggestion that is seen in a document; null if there is none. */
  seen(uri: string): ShownSuggestion | null {
    return this.#watched.get(uri)?.shown ?? null
  }

  /** A suggestion is shown; whatever was shown before in its document is gone. */
  show(shown: ShownSuggestion): void {
    const before = this.#watched.get(shown.uri)
    if (before?.shown.origin === shown.origin) {
      before.shown = shown
      before.written = 0
      return
    }
    this.hide(shown.uri)
    this.#counts.shown++
    this.#watched.set(shown.uri, { shown, since: this.#clock.ticks(), written: 0 })
  }

  /** Nothing is shown any more in a document. */
  hide(uri: string): void {
    const watched = this.#watched.get(uri)
    if (watched !== undefined) this.#end(watched, this.#verdictOnLeaving(watched))
  }

  /** The client says that a suggestion was accepted. */
  accepted(id: string): void {
    for (const watched of this.#watched.values())
      if (watched.shown.ids.includes(id)) this.#end(watched, "accepted")
  }

  /** Follows a step of a document. */
  changed(after: DocumentSnapshot, changes: readonly TextChange[]): void {
    const watched = this.#watched.get(after.uri)
    const [change] = changes
    if (watched === undefined || change === undefined) return
    if (changes.length > 1) this.#end(watched, this.#verdictOnLeaving(watched))
    else this.#follow(watched, after, change)
  }

  /** Forgets a document. */
  close(uri: string): void {
    this.#watched.delete(uri)
  }

  #follow(watched: Watched, after: DocumentSnapshot, change: TextChange): void {
    const { shown, written } = watched
    const delta = change.text.length - (change.end - change.start)
    const frontier = shown.offset + written
    if (change.end < shown.offset) {
      watched.shown = { ...shown, offset: shown.offset + delta }
      return
    }
    if (change.start > frontier) return
    const end = change.start + change.text.length
    const now = after.text.slice(shown.offset, end).replaceAll("\r\n", "\n")
    if (end <= frontier || !shown.text.startsWith(now)) {
      this.#end(watched, this.#verdictOnLeaving(watched))
      return
    }
    const grown = now.length - written
    watched.written = now.length
    const isWhole = now.length === shown.text.length
    if (grown > 1 && !isIndentation(change.text)) this.#end(watched, isWhole ? "accepted" : "partly")
    else if (isWhole) this.#end(watched, "typed")
  }

  #verdictOnLeaving({ since }: Watched): Verdict {
    return this.#clock.ticks() - since >= READING_MS ? "rejected" : "ignored"
  }

  #end(watched: Watched, verdict: Verdict): void {
    this.#watched.delete(watched.shown.uri)
    this.#counts[verdict]++
    this.#onVerdict(watched.shown, verdict)
  }
}

/** What an editor puts in by itself on a new line. */
function isIndentation(text: string): boolean {
  return text.trim() === ""
}
