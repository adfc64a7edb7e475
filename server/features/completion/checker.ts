import { LRUCache } from "lru-cache"
import type { RecentEdit } from "../../context/project-view.ts"
import type { Redactions } from "../../context/redact/redactions.ts"
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

/** Rejections remembered. */
const MAX_REJECTED = 300

/** Checks what could be shown, and remembers what the user did not want. */
export class Checker {
  readonly #sources: () => CheckSources
  readonly #rejected = new LRUCache<string, true>({ max: MAX_REJECTED })

  constructor(sources: () => CheckSources) {
    this.#sources = sources
  }

  /** Never show this again; an empty fingerprint is nobody's. */
  reject(fingerprint: string): void {
    if (fingerprint !== "") this.#rejected.set(fingerprint, true)
  }

  /** It was wanted after all. */
  pardon(fingerprint: string): void {
    this.#rejected.delete(fingerprint)
  }

  /** What becomes of a suggestion at a place. */
  check(text: string, place: Place, options: CheckOptions): Checked {
    const { symbols, recentEdits } = this.#sources()
    return checkSuggestion(text, place, {
      exists: name => symbols.filesWithCount(name) > 0 || symbols.exact(name, 1).length > 0,
      wasRejected: fingerprint => this.#rejected.has(fingerprint),
      recentEdits: recentEdits(),
      enclosing: enclosingNames(place.document, place.offset, symbols),
      ...options,
    })
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
