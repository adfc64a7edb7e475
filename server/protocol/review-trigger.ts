import type { Clock, Timer } from "../model/clock.ts"
import type { ClientSession } from "./client-session.ts"

/** Milliseconds without a change after which a document is idle: longer than anybody pauses within a thought. */
const IDLE_MS = 4000

/** What a trigger works with. */
interface TriggerParts {
  readonly session: Pick<ClientSession, "document" | "watch" | "settings" | "workspace">
  /** Called with a document in which something new may have been found. */
  readonly onFound: (uri: string) => void
  readonly clock: Pick<Clock, "after">
}

/** Has a model review documents when the user's settings say so: once they are saved, or idle. */
export class ReviewTrigger {
  readonly #parts: TriggerParts
  readonly #timers = new Map<string, Timer>()
  readonly #unwatch: () => void
  /** Whether the connection is over, and its workspace with it. */
  #isOver = false

  constructor(parts: TriggerParts) {
    this.#parts = parts
    this.#unwatch = parts.session.watch(uri => this.#changed(uri))
  }

  /** A document was saved. */
  saved(uri: string): void {
    if (this.#parts.session.settings.diagnostics.review !== "off") this.#review(uri)
  }

  /** Ends what runs if no review is wanted any more: nothing is to be sent from then on. */
  settingsChanged(): void {
    if (this.#isOver) return
    const { settings, workspace } = this.#parts.session
    if (settings.diagnostics.review === "off") workspace.reviews.stop()
  }

  /** Begins no more reviews. */
  dispose(): void {
    this.#isOver = true
    this.#unwatch()
    for (const timer of this.#timers.values()) timer.stop()
    this.#timers.clear()
  }

  #changed(uri: string): void {
    const { session, clock } = this.#parts
    this.#timers.get(uri)?.stop()
    this.#timers.delete(uri)
    if (session.settings.diagnostics.review !== "idle" || session.document(uri) === null) return
    this.#timers.set(
      uri,
      clock.after(IDLE_MS, () => this.#review(uri)),
    )
  }

  #review(uri: string): void {
    const { session, onFound } = this.#parts
    this.#timers.get(uri)?.stop()
    this.#timers.delete(uri)
    if (this.#isOver) return
    const isWanted = session.settings.diagnostics.review !== "off" && session.document(uri) !== null
    if (isWanted && session.workspace.host.session !== null) {
      void session.workspace.reviews.review(uri, () => onFound(uri))
    }
  }
}
