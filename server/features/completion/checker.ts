import { LRUCache } from "lru-cache"
import type { RecentEdit } from "../../context/project-view.ts"
import type { Redactions } from "../../context/redact/redactions.ts"
import type { Clock } from "../../model/clock.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { SymbolIndex } from "../../workspace/file-facts.ts"
import type { Place } from "./asking/place.ts"
import { type Checked, checkSuggestion } from "./checks/check-suggestion.ts"

/** What suggestions are checked against. */
export interface CheckSources {
  readonly symbols: Pick<SymbolIndex, "exact" | "filesWithCount" | "inFile">
  /** What the user changed lately, latest first. */
  readonly recentEdits: () => readonly RecentEdit[]
}

/** What a check depends on besides the place. */
interface CheckOptions {
  /** What was hidden in the prompt; null if there was none. */
  readonly redactions: Redactions | null
  readonly canReplaceAfter: boolean
  /** Whether it claims to be complete: a model's does, the engine's may be the beginning of something. */
  readonly isWhole: boolean
}

/** A suggestion that was not wanted. */
interface Rejection {
  readonly times: number
  /** When it was rejected last, ms of the clock's `ticks`. */
  readonly at: number
}

/** Rejections remembered. */
const MAX_REJECTED = 300
/** A first rejection is guessed from what was typed, and may have meant something else: it lapses after so many ms. */
const DOUBTED_MS = 10 * 60_000

/** Checks what could be shown, and remembers what the user did not want. */
export class Checker {
  readonly #sources: () => CheckSources
  readonly #clock: Clock
  readonly #rejected = new LRUCache<string, Rejection>({ max: MAX_REJECTED })

  constructor(sources: () => CheckSources, clock: Clock) {
    this.#sources = sources
    this.#clock = clock
  }

  /** This is not shown for some minutes, once it is said again never more; an empty fingerprint is nobody's. */
  reject(fingerprint: string): void {
    if (fingerprint === "") return
    const times = (this.#rejected.get(fingerprint)?.times ?? 0) + 1
    this.#rejected.set(fingerprint, { times, at: this.#clock.ticks() })
  }

  /** What becomes of a suggestion at a place. */
  check(text: string, place: Place, options: CheckOptions): Checked {
    const { symbols, recentEdits } = this.#sources()
    return checkSuggestion(text, place, {
      exists: name => symbols.filesWithCount(name) > 0 || symbols.exact(name, 1).length > 0,
      wasRejected: fingerprint => this.#wasRejected(fingerprint),
      recentEdits: recentEdits(),
      enclosing: enclosingNames(place.document, place.offset, symbols),
      ...options,
    })
  }

  #wasRejected(fingerprint: string): boolean {
    const rejection = this.#rejected.get(fingerprint)
    if (rejection === undefined) return false
    return rejection.times > 1 || this.#clock.ticks() - rejection.at < DOUBTED_MS
  }
}

/** The names of the declarations around an offset, outermost first. */
function enclosingNames(
  { path, uri }: DocumentSnapshot,
  offset: number,
  symbols: Pick<SymbolIndex, "inFile">,
): string {
  return symbols
    .inFile(path ?? uri)
    .filter(({ start, end }) => start < offset && offset <= end)
    .map(({ name }) => name)
    .join(".")
}
