import { editedSnapshot } from "../../workspace/document.ts"
import type { Asker } from "./asker.ts"
import { keyedPlace } from "./cache-key.ts"
import type { Found, Turn } from "./finder.ts"
import { endsBlock } from "./gates.ts"
import type { LiveStreams } from "./live-streams.ts"
import { isEnough } from "./model-step.ts"
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
  /** Of the suggestion shown last, and of the last one that was gone on from. */
  #shown: number | null = null
  #origin: number | null = null

  constructor(options: SpeculationOptions) {
    this.#options = options
  }

  /** A suggestion is shown; what still streams past it may make a guess needless. Never rejects. */
  shown(turn: Turn, found: Found, signal: AbortSignal): void {
    const { asker, streams } = this.#options
    const { document, offset, eagerness, invoked } = turn.request
    this.#shown = found.origin
    if (found.origin === this.#origin || found.confidence < LEAST) return
    // Of what is not enough the model is asked itself.
    if (!found.goesOn || !isEnough(found)) return
    if (eagerness === "quiet" || invoked || !asker.hasModel) return
    const live = streams.agreeing(document, offset)
    if (live === null) this.#guess(turn, found, signal)
    else void live.ended.then(() => this.#guess(turn, found, signal))
  }

  #guess({ request, epoch }: Turn, { origin, text, replaceAfter }: Found, signal: AbortSignal): void {
    const { asker, streams, cache } = this.#options
    const { document, offset, eagerness, canReplaceAfter } = request
    const isNeedless = origin !== this.#shown || origin === this.#origin
    if (isNeedless || streams.isGuessing || asker.gate(true, false) !== null) return
    this.#origin = origin
    const written = document.text.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text
    const change = { start: offset, end: offset + replaceAfter, text: written }
    const accepted = editedSnapshot(document, change, document.version)
    const end = offset + written.length
    const place = keyedPlace(accepted, end)
    if (endsBlock(place.typed) || cache.recall(place, epoch).length > 0) return
    const query = {
      document: accepted,
      offset: end,
      eagerness,
      canReplaceAfter,
      invoked: false,
      isAlternative: false,
    }
    void asker.ask({ ...query, pauseMs: 0, guessAfter: origin }, () => {}, signal)
  }
}
