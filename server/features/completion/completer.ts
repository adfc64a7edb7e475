import { cancel, throwIfAborted } from "../../base/cancel.ts"
import type { TextChange } from "../../base/text-change.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { Acceptance, type AcceptanceCounts, type ShownSuggestion, type Verdict } from "./acceptance.ts"
import { Allowance } from "./allowance.ts"
import { Asker, type AskerOptions } from "./asker.ts"
import { scopeOf } from "./asking/scope.ts"
import { Checker, type CheckSources } from "./checker.ts"
import type { CompletionSources } from "./complete.ts"
import { Debounce } from "./debounce.ts"
import { beginTurn, Finder, type Found, type Offline, type Turn } from "./finder.ts"
import { closedGate, isDataGate, type SilenceReason, wordStart } from "./gates.ts"
import { graded } from "./grades.ts"
import { Entry, Journal } from "./journal.ts"
import { LastEdits } from "./last-edits.ts"
import { LiveStreams } from "./live-streams.ts"
import { type Coming, ModelStep } from "./model-step.ts"
import type { Completion, CompletionRequest } from "./request.ts"
import { Speculation } from "./speculation.ts"
import type { Suggestion } from "./suggestion.ts"
import { SuggestionCache } from "./suggestion-cache.ts"
import { Switches, type Toggled } from "./switches.ts"
import { TakenBack } from "./taken-back.ts"
import type { WhyRecord } from "./why-record.ts"

/** What a completer draws on; everything is asked for anew when it is needed, since a client can change its project. */
interface CompleterOptions extends Pick<AskerOptions, "session" | "prompt" | "syntax" | "clock" | "log"> {
  readonly sources: () => CompletionSources & CheckSources
  /** Number of the epoch of the project's digest; 0 before the first. */
  readonly epoch: () => number
}

/** Nothing is suggested by itself so many ms after something was deleted or undone. */
const QUIET_MS = 1500

/**
 * One client's completions: what was asked, shown, typed along, accepted and rejected.
 * Invariant: each call of `complete` settles once, and what it gives fits the document it was asked for.
 */
export class Completer {
  readonly #options: CompleterOptions
  readonly #closed = new AbortController()
  readonly #cache = new SuggestionCache()
  readonly #streams = new LiveStreams()
  readonly #switches = new Switches()
  readonly #journal = new Journal()
  readonly #edits: LastEdits
  readonly #debounce: Debounce
  readonly #allowance: Allowance
  readonly #acceptance: Acceptance
  readonly #checker: Checker
  readonly #asker: Asker
  readonly #finder: Finder
  readonly #model: ModelStep
  readonly #speculation: Speculation
  readonly #takenBack: TakenBack
  /** The open documents as they are now, those that were changed. */
  readonly #latest = new Map<string, DocumentSnapshot>()
  #ids = 0

  constructor(options: CompleterOptions) {
    const { clock, sources } = options
    this.#options = options
    this.#edits = new LastEdits(clock)
    this.#debounce = new Debounce(clock)
    this.#allowance = new Allowance(clock)
    this.#acceptance = new Acceptance(clock, (shown, verdict) => this.#judged(shown, verdict))
    this.#checker = new Checker(sources, clock)
    const parts = { cache: this.#cache, streams: this.#streams, checker: this.#checker }
    this.#asker = new Asker({ ...options, ...parts, allowance: this.#allowance })
    this.#finder = new Finder({ sources, asker: this.#asker, ...parts })
    this.#model = new ModelStep({ ...parts, asker: this.#asker, debounce: this.#debounce, clock })
    this.#speculation = new Speculation({ ...parts, asker: this.#asker })
    this.#takenBack = new TakenBack({
      cache: this.#cache,
      epoch: options.epoch,
      onRegret: accepted => this.#judged(accepted, "rejected"),
    })
  }

  /** What could be shown. Rejects with `Cancelled` when `signal` aborts; a failing model only means that less is shown. */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    const { clock } = this.#options
    this.#allowance.eagerness = request.eagerness
    this.#asker.supersede(request.document.uri)
    const entry = new Entry(request, this.#edits.last(request.document.uri), clock)
    let completion = GIVEN_UP
    try {
      completion = await this.#completed(request, entry, signal)
    } finally {
      this.#journal.add(entry.close(completion))
    }
    return completion
  }

  /** Notes a step of an open document: `changes` led from `before` to `after`. */
  changed(before: DocumentSnapshot, after: DocumentSnapshot, changes: readonly TextChange[]): void {
    this.#latest.set(after.uri, after)
    this.#edits.note(before, changes)
    this.#allowance.edited()
    for (const change of changes) this.#streams.moved(after.uri, change)
    this.#acceptance.changed(after, changes)
    this.#takenBack.changed(before, after, changes)
  }

  /** Forgets a document. */
  closed(uri: string): void {
    this.#asker.supersede(uri)
    this.#streams.close(uri)
    this.#acceptance.close(uri)
    this.#latest.delete(uri)
    this.#takenBack.close(uri)
    this.#edits.close(uri)
    this.#journal.close(uri)
  }

  /** The client says that a suggestion was accepted. */
  accepted(id: string): void {
    this.#acceptance.accepted(id)
  }

  /** Switches suggestions off, or on again; whether they are on now. */
  toggle(which: Toggled): boolean {
    return this.#switches.toggle(which)
  }

  /** Whether the user switched suggestions off in a document. */
  isOff(document: DocumentSnapshot): boolean {
    return this.#switches.isOff(document)
  }

  /** What happened to the last requests in a document, the latest last; bounded. */
  records(uri: string): readonly WhyRecord[] {
    return this.#journal.of(uri)
  }

  /** What became of suggestions since the start; kept in memory, sent nowhere. */
  get statistics(): AcceptanceCounts {
    return this.#acceptance.counts
  }

  /** Answers under way, and what is remembered: both stay bounded. */
  get load(): { readonly streams: number; readonly places: number; readonly units: number } {
    return { streams: this.#streams.size, ...this.#cache.size }
  }

  /** Has the model's server prepare what prompts about a document's project begin with. Never rejects. */
  async warm(document: DocumentSnapshot): Promise<void> {
    await this.#asker.warm(document, this.#closed.signal)
  }

  /** Gives up what is under way. */
  dispose(): void {
    cancel(this.#closed, "shutdown")
    this.#asker.dispose()
    this.#streams.dispose()
  }

  async #completed(request: CompletionRequest, entry: Entry, signal: AbortSignal): Promise<Completion> {
    throwIfAborted(signal)
    const gate = this.#textGate(request)
    if (gate !== null) return this.#silent(request, gate, entry)
    return this.#answer(beginTurn(request, this.#options.epoch(), entry), signal)
  }

  async #answer(turn: Turn, signal: AbortSignal): Promise<Completion> {
    const { request, entry } = turn
    const { uri } = request.document
    const seen = this.#acceptance.seen(uri)?.origin ?? null
    const silence = this.#userGate(turn)
    if (silence !== null) {
      entry.gate(silence)
      const offline = request.maxWords > 0 ? this.#finder.askEngine(turn, signal) : NOTHING
      return this.#reply(turn, { ...EMPTY, offline, silence })
    }
    const remembered = this.#finder.recall(turn, seen)
    const isServed = remembered.length > 0 && request.maxWords === 0
    const offline = isServed ? NOTHING : this.#finder.askEngine(turn, signal)
    const found = isServed ? remembered : this.#finder.recall(turn, seen)
    const coming = this.#model.begin(turn, found[0] ?? null, this.#edits.last(uri), signal)
    if (!isComing(coming)) return this.#reply(turn, { ...EMPTY, found, offline, silence: coming })
    const outcome = { found, offline, silence: "late", isIncomplete: true, hasWaited: false } as const
    if (found.length > 0 && !request.invoked && request.onPartial === undefined)
      return this.#reply(turn, outcome)
    this.#tellPartial(turn, outcome)
    await this.#model.wait(coming, turn, signal)
    const better = this.#finder.recall(turn, seen)
    const why = this.#model.silence(coming)
    return this.#reply(turn, { ...outcome, found: better, silence: why, hasWaited: true })
  }

  #tellPartial(turn: Turn, outcome: Outcome): void {
    if (turn.request.onPartial === undefined) return
    if (outcome.found.length > 0 || outcome.offline.words.length > 0)
      turn.request.onPartial(this.#completion(turn, outcome))
  }

  /** The answer to a request, which from now on is what the user sees. */
  #reply(turn: Turn, outcome: Outcome): Completion {
    const { document, offset } = turn.request
    const { uri } = document
    const completion = this.#completion(turn, outcome)
    const [first] = outcome.found
    // What is about a text that was typed over meanwhile is not shown.
    if ((this.#latest.get(uri) ?? document) !== document) return completion
    if (first === undefined) {
      this.#acceptance.hide(uri)
      return completion
    }
    const ids = completion.suggestions.map(({ id }) => id)
    const { text, origin, fingerprint } = first
    this.#acceptance.show({ ids, uri, offset, text, origin, fingerprint })
    this.#streams.keepGuess(uri, origin)
    this.#speculation.shown(turn, first, this.#closed.signal)
    return completion
  }

  #completion({ request }: Turn, outcome: Outcome): Completion {
    const { document, offset, surface, invoked } = request
    const { found, offline, silence, isIncomplete, hasWaited } = outcome
    // Ghost text is one thought; more of them are for who asks.
    const shown = surface === "list" || invoked ? found : found.slice(0, 1)
    const drafts = shown.flatMap(({ text, replaceAfter, confidence, source: from }) => {
      const source = from === "embedded" ? from : hasWaited ? "stream" : "cache"
      return graded({ text, replaceAfter, confidence, source }, surface)
    })
    const suggestions: Suggestion[] = drafts.map(draft => ({ ...draft, id: String(++this.#ids) }))
    return {
      wordStart: offline === NOTHING ? wordStart(document.text, offset) : offline.wordStart,
      suggestions,
      words: offline.words,
      silence: suggestions.length > 0 ? null : (silence ?? offline.silence ?? "unsure"),
      isIncomplete,
    }
  }

  #textGate({ document, offset, isUnwanted = false }: CompletionRequest): SilenceReason | null {
    if (isUnwanted || this.#switches.isOff(document)) return "off"
    const gate = closedGate(document, offset)
    return gate !== null && isDataGate(gate) ? gate : null
  }

  #silent({ document, offset }: CompletionRequest, silence: SilenceReason, entry: Entry): Completion {
    entry.gate(silence)
    this.#acceptance.hide(document.uri)
    return { wordStart: offset, suggestions: [], words: [], silence, isIncomplete: false }
  }

  /** The first gate that what the user does and wants keeps closed for suggestions; words go on. */
  #userGate({ request }: Turn): SilenceReason | null {
    const { document, offset, invoked, eagerness } = request
    const gate = closedGate(document, offset)
    if (gate !== null || invoked) return gate
    const edit = this.#edits.last(document.uri)
    if (edit !== null && this.#options.clock.ticks() - edit.at < QUIET_MS) {
      if (edit.kind === "undo") return "after-undo"
      if (edit.kind === "delete" && eagerness !== "eager") return "after-delete"
    }
    return this.#scopeGate(request)
  }

  #scopeGate({ document, offset, quietIn = [] }: CompletionRequest): SilenceReason | null {
    if (quietIn.length === 0) return null
    const place = this.#asker.placeOf(document, offset)
    const scope = scopeOf(place)
    place.trial?.release()
    if (scope === "code" || !quietIn.includes(scope)) return null
    return scope === "comment" ? "in-comment" : "in-string"
  }

  /** What became of a suggestion tells how much more of them is wanted. */
  #judged(shown: ShownSuggestion, verdict: Verdict): void {
    if (verdict === "accepted" || verdict === "partly") {
      this.#debounce.accepted()
      this.#takenBack.accepted(shown)
    }
    if (verdict !== "rejected") return
    this.#debounce.rejected()
    this.#checker.reject(shown.fingerprint)
  }
}

/** What the sources came to. */
interface Outcome {
  readonly found: readonly Found[]
  readonly offline: Offline
  /** Why nothing was found, if nothing was. */
  readonly silence: SilenceReason | null
  readonly isIncomplete: boolean
  /** Whether a model was waited for. */
  readonly hasWaited: boolean
}

/** What is written down of a request that got no answer. */
const GIVEN_UP: Completion = {
  wordStart: 0,
  suggestions: [],
  words: [],
  silence: "given-up",
  isIncomplete: false,
}

/** Where the engine was not asked. */
const NOTHING: Offline = { wordStart: 0, words: [], silence: null }

const EMPTY: Outcome = { found: [], offline: NOTHING, silence: null, isIncomplete: false, hasWaited: false }

function isComing(coming: Coming | SilenceReason | null): coming is Coming {
  return coming !== null && typeof coming !== "string"
}
