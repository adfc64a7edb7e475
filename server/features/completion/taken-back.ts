import type { TextChange } from "../../base/text-change.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ShownSuggestion } from "./acceptance.ts"
import { keyedPlace } from "./cache-key.ts"
import type { SuggestionCache } from "./suggestion-cache.ts"

/** What is told of what the user takes back. */
interface TakenBackOptions {
  readonly cache: SuggestionCache
  /** Number of the epoch of the project's digest; 0 before the first. */
  readonly epoch: () => number
  /** A suggestion was accepted, and taken back at once. */
  readonly onRegret: (accepted: ShownSuggestion) => void
}

/** Has suggestions forgotten that the user takes out of the text again. */
export class TakenBack {
  readonly #options: TakenBackOptions
  /** What was accepted last in each document. */
  readonly #accepted = new Map<string, ShownSuggestion>()

  constructor(options: TakenBackOptions) {
    this.#options = options
  }

  /** A suggestion was accepted, whole or in part. */
  accepted(shown: ShownSuggestion): void {
    this.#accepted.set(shown.uri, shown)
  }

  /** Follows a step of a document. */
  changed(before: DocumentSnapshot, after: DocumentSnapshot, changes: readonly TextChange[]): void {
    const [change] = changes
    if (changes.length !== 1 || change!.text.length >= change!.end - change!.start) return
    this.#forgetTyped(before, after, change!)
    this.#regret(before, after, change!)
  }

  /** Forgets a document. */
  close(uri: string): void {
    this.#accepted.delete(uri)
  }

  /** Taking back at once what was accepted says no to it: it is not shown there again. */
  #regret(before: DocumentSnapshot, after: DocumentSnapshot, { start, end, text }: TextChange): void {
    const { cache, epoch, onRegret } = this.#options
    const accepted = this.#accepted.get(after.uri)
    const removed = before.text.slice(start, end).replaceAll("\r\n", "\n")
    if (accepted === undefined || text !== "" || end - start < 2 || !accepted.text.endsWith(removed)) return
    this.#accepted.delete(after.uri)
    onRegret(accepted)
    cache.forget(keyedPlace(after, start), epoch(), new Set([accepted.origin]))
  }

  /** Taking back what was typed along says no to it; taking back what was not leaves what it was not. */
  #forgetTyped(before: DocumentSnapshot, after: DocumentSnapshot, change: TextChange): void {
    const { cache } = this.#options
    const epoch = this.#options.epoch()
    const place = keyedPlace(after, change.start)
    const typed = new Set(cache.recall(keyedPlace(before, change.end), epoch).map(({ origin }) => origin))
    const again = cache.recall(place, epoch).filter(({ origin }) => typed.has(origin))
    if (again.length > 0) cache.forget(place, epoch, new Set(again.map(({ origin }) => origin)))
  }
}
