import { throwIfAborted } from "../../base/cancel.ts"
import type { Asker } from "./asker.ts"
import type { Place } from "./asking/place.ts"
import { shapeOf } from "./asking/shape.ts"
import { type KeyedPlace, keyedPlace } from "./cache-key.ts"
import type { Checker } from "./checker.ts"
import { AnswerReader } from "./checks/answer-reader.ts"
import type { Checked } from "./checks/check-suggestion.ts"
import { type CompletionSources, complete } from "./complete.ts"
import { type SilenceReason, thresholdFor } from "./gates.ts"
import type { Entry } from "./journal.ts"
import { ranked } from "./recall.ts"
import type { Completion, CompletionRequest } from "./request.ts"
import type { Finding, Recalled, SuggestionCache } from "./suggestion-cache.ts"

/** One request on its way through the pipeline. */
export interface Turn {
  readonly request: CompletionRequest
  readonly key: KeyedPlace
  readonly epoch: number
  readonly entry: Entry
}

/** What suggestions are found with. */
interface FinderOptions {
  readonly sources: () => CompletionSources
  readonly cache: SuggestionCache
  readonly checker: Checker
  readonly asker: Pick<Asker, "placeOf">
}

/** What can be shown at a place as it is: its `text` is checked from end to end. */
export type Found = Recalled

/** What the engine says: words, and why it has no suggestion. */
export interface Offline {
  readonly wordStart: number
  readonly words: Completion["words"]
  readonly silence: SilenceReason | null
}

/** Finds suggestions without a model: what is remembered, and what the engine knows. Each fits its place. */
export class Finder {
  readonly #options: FinderOptions

  constructor(options: FinderOptions) {
    this.#options = options
  }

  /** What is remembered of a place, best first; what is `seen` already stays first while it is agreed with. */
  recall(turn: Turn, seen: number | null): readonly Found[] {
    const { surface, eagerness } = turn.request
    const least = thresholdFor(surface, eagerness)
    const known = this.#options.cache
      .recall(turn.key, turn.epoch)
      .filter(
        ({ source, confidence, origin }) => source === "model" || origin === seen || confidence >= least,
      )
    const found = ranked(known, seen).flatMap(each => this.#fitted(turn, each) ?? [])
    turn.entry.tried("cache", found.length > 0 ? `${found.length} found` : "nothing")
    return found
  }

  /** Asks the engine, and remembers what it suggests. Throws `Cancelled` if `signal` is aborted. */
  askEngine(turn: Turn, signal: AbortSignal): Offline {
    throwIfAborted(signal)
    const { request, entry } = turn
    const { suggestions, ...offline } = complete(request, this.#options.sources(), signal)
    const [line] = suggestions
    if (line === undefined) {
      entry.tried("embedded", offline.silence ?? "nothing")
      return offline
    }
    const checked = this.#withPlace(turn, place => this.#check(turn, line.text, place, false))
    entry.tried("embedded", checked.kind === "shown" ? "sure" : `dropped: ${checked.by}`)
    if (checked.kind === "dropped") return { ...offline, silence: silenceOf(checked.by) }
    this.#remember(
      turn,
      findingOf(checked, checked.text, { confidence: line.confidence, source: "embedded", goesOn: true }),
      null,
    )
    return offline
  }

  /** As it fits the place of the request: checked anew where the surroundings differ, cut to a first part where it is a hot streak. */
  #fitted(turn: Turn, recalled: Recalled): Found | null {
    const { text, checked, isExact, source } = recalled
    if (checked > 0 && isExact) return { ...recalled, text: text.slice(0, checked) }
    return this.#withPlace(turn, place => {
      if (checked > 0)
        return this.#rechecked(turn, place, recalled, text.slice(0, checked), text.slice(checked))
      if (source === "embedded") return null
      const reader = new AnswerReader(place, shapeOf(place, turn.request.eagerness))
      reader.push(turn.key.typed + text)
      reader.end()
      return reader.first === null ? null : this.#rechecked(turn, place, recalled, reader.first, reader.rest)
    })
  }

  #rechecked(turn: Turn, place: Place, recalled: Recalled, text: string, rest: string): Found | null {
    const { origin, source } = recalled
    const checked = this.#check(turn, text, place, source === "model")
    if (checked.kind === "dropped") {
      this.#options.cache.forget(turn.key, turn.epoch, new Set([origin]))
      return null
    }
    const all = checked.text === text ? text + rest : checked.text
    const finding = findingOf(checked, all, recalled)
    // A hot streak is another suggestion than the one before it.
    const known = recalled.checked > 0 ? origin : null
    return { ...finding, text: checked.text, origin: this.#remember(turn, finding, known), isExact: true }
  }

  #check(turn: Turn, text: string, place: Place, isWhole: boolean): Checked {
    const { canReplaceAfter } = turn.request
    const checked = this.#options.checker.check(text, place, { redactions: null, canReplaceAfter, isWhole })
    turn.entry.checked(checked)
    return checked
  }

  #remember(turn: Turn, finding: Finding, origin: number | null): number {
    return this.#options.cache.remember(turn.key, turn.epoch, finding, origin)
  }

  #withPlace<T>({ request: { document, offset } }: Turn, use: (place: Place) => T): T {
    const place = this.#options.asker.placeOf(document, offset)
    try {
      return use(place)
    } finally {
      place.trial?.release()
    }
  }
}

/** The turn of a request that comes in now. */
export function beginTurn(request: CompletionRequest, epoch: number, entry: Entry): Turn {
  return { request, key: keyedPlace(request.document, request.offset), epoch, entry }
}

/** Why there is nothing to be shown of what a check dropped. */
export function silenceOf(dropped: string): SilenceReason {
  return dropped === "rejected" ? "rejected" : "checked"
}

function findingOf(
  { text, replaceAfter, fingerprint }: Checked & { kind: "shown" },
  all: string,
  { confidence, source, goesOn }: Pick<Finding, "confidence" | "source" | "goesOn">,
): Finding {
  return { text: all, checked: text.length, replaceAfter, confidence, source, goesOn, fingerprint }
}
