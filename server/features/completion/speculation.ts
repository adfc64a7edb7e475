import { editedSnapshot } from "../../workspace/document.ts"
import type { Asker } from "./asker.ts"
import { keyedPlace } from "./cache-key.ts"
import type { Found, Turn } from "./finder.ts"
import type { LiveStreams } from "./live-streams.ts"
import type { SuggestionCache } from "./suggestion-cache.ts"

/** What guesses are made with. */
interface SpeculationOptions {
  readonly asker: Asker
  readonly streams: LiveStreams
  readonly cache: SuggestionCache
}

/** Least confidence in a suggestion for a guess at what comes after it. */
const LEAST = 0.8

/** Asks ahead, as if what is shown were accepted: at the lowest priority, one at a time, and only from what asks are left over. */
export class Speculation {
  readonly #options: SpeculationOptions
  /** Of the last suggestion that was gone on from. */
  #origin: number | null = null

  constructor(options: SpeculationOptions) {
    this.#options = options
  }

  /** A suggestion is shown. Never rejects. */
  shown(turn: Turn, { origin, text, replaceAfter, confidence }: Found, signal: AbortSignal): void {
    const { asker, streams, cache } = this.#options
    const { document, offset, eagerness, canReplaceAfter, invoked } = turn.request
    if (origin === this.#origin || confidence < LEAST || eagerness === "quiet" || invoked) return
    if (streams.size > 0 || asker.gate(true, false) !== null) return
    const written = document.text.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text
    const change = { start: offset, end: offset + replaceAfter, text: written }
    const accepted = editedSnapshot(document, change, document.version)
    const end = offset + written.length
    this.#origin = origin
    if (cache.recall(keyedPlace(accepted, end), turn.epoch).length > 0) return
    const query = { document: accepted, offset: end, eagerness, canReplaceAfter, invoked: false }
    void asker.ask({ ...query, pauseMs: 0, guessAfter: origin }, () => {}, signal)
  }
}
