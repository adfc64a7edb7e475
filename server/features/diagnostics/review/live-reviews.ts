import { cancel } from "../../../base/cancel.ts"
import { Cancelled, ModelError } from "../../../base/errors.ts"
import type { Log } from "../../../base/log.ts"
import type { TextChange } from "../../../base/text-change.ts"
import type { DocumentSnapshot } from "../../../workspace/document.ts"
import type { Finding } from "../finding.ts"
import { isGenerated } from "../generated.ts"
import { changedFunctions } from "./changed-functions.ts"
import { type ForeignProblem, ForeignProblems } from "./foreign-problems.ts"
import { moved } from "./moved.ts"
import type { Stretch } from "./place-claim.ts"
import type { FunctionReview } from "./review-function.ts"

/** What the reviews of one client's documents are made with. */
interface LiveReviewsOptions {
  /** The document as it is now, or null if it is not open. */
  readonly document: (uri: string) => DocumentSnapshot | null
  /** The functions of a document as it is when this resolves, in order, those that are whole. Never rejects. */
  readonly functions: (uri: string) => Promise<readonly Stretch[]>
  /** What a review of a function depends on, as a key. */
  readonly keyOf: (document: DocumentSnapshot, place: Stretch) => string
  /** Has a model look at a function; see `reviewFunction`. */
  readonly review: (
    document: DocumentSnapshot,
    place: Stretch,
    signal: AbortSignal,
  ) => Promise<FunctionReview>
  /** Most functions looked at in one review; the next one goes on from there. */
  readonly most: number
  readonly log: Log
}

/** What became of a review. */
export interface ReviewEnd {
  /** Functions that were looked at, or known from an earlier look. */
  readonly reviewed: number
  /** Why others were not; a sentence without a full stop, null if all were. */
  readonly problem: string | null
  /** Whether the model failed: asking on would most likely fail, too. */
  readonly failed: boolean
}

/** What came of the look at one function; a sentence where the model failed. */
type Look = FunctionReview | { readonly failed: string }

/** A function with what was found in it, offsets from its start. */
interface Reviewed extends Stretch {
  readonly findings: readonly Finding[]
}

/** A function that waits for its review, or is looked at now. */
interface Pending extends Stretch {
  readonly stop: AbortController
}

interface ReviewedDocument {
  /** What functions are compared with to see whether they changed. */
  base: string
  reviewed: readonly Reviewed[]
  pending: readonly Pending[]
  readonly foreign: ForeignProblems
  /** The review that is to come, once the ones before it are over. */
  next: Promise<ReviewEnd> | null
}

/** Most reviews that are kept for when the same code comes back. */
const MOST_KEPT = 1000

/**
 * What a model finds in the open documents of one client, one function at a time.
 * Invariant: findings stand in code that is as it was when the model saw it; an edit of a function ends its review, and
 * takes back what was found.
 */
export class LiveReviews {
  readonly #options: LiveReviewsOptions
  readonly #documents = new Map<string, ReviewedDocument>()
  readonly #kept = new Map<string, readonly Finding[]>()
  /** The last review that was begun: each waits for the one before. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: LiveReviewsOptions) {
    this.#options = options
  }

  /** Notes a document, and the text that its functions changed from. */
  opened(uri: string, base: string): void {
    this.closed(uri)
    this.#documents.set(uri, { base, reviewed: [], pending: [], foreign: new ForeignProblems(), next: null })
  }

  /** Carries what is known over changes of a document, in order. */
  changed(uri: string, changes: readonly TextChange[]): void {
    const state = this.#documents.get(uri)
    if (state === undefined) return
    for (const change of changes) {
      state.foreign.changed(change)
      state.reviewed = state.reviewed.flatMap(each => moved(each, change) ?? [])
      state.pending = state.pending.flatMap(each => {
        const after = moved(each, change)
        if (after === null) cancel(each.stop, "content-modified")
        return after ?? []
      })
    }
  }

  /** Forgets a document, and ends its review. */
  closed(uri: string): void {
    const state = this.#documents.get(uri)
    if (state !== undefined) stopPending(state)
    this.#documents.delete(uri)
  }

  /** Ends every review; what was found stays known. */
  stop(): void {
    for (const state of this.#documents.values()) stopPending(state)
  }

  /** What is known to be found in a document, in order, without what other servers report. Costs nothing. */
  findings(uri: string): readonly Finding[] {
    const state = this.#documents.get(uri)
    if (state === undefined) return []
    const found = state.reviewed.flatMap(({ start, findings }) => findings.map(each => placed(each, start)))
    const own = found.filter(finding => !state.foreign.has(finding))
    return own.sort((one, other) => one.start - other.start)
  }

  /** Takes in what other servers report in a stretch of a document; whether that changes what is to be shown. */
  reported(uri: string, stretch: Stretch, problems: readonly ForeignProblem[]): boolean {
    const before = this.findings(uri).length
    this.#documents.get(uri)?.foreign.note(stretch, problems)
    return this.findings(uri).length !== before
  }

  /**
   * Reviews the functions of a document that changed and were not reviewed as they are; `onFound` is called whenever
   * there is something new to show. Settles when all is done or given up; never rejects.
   */
  review(uri: string, onFound: () => void): Promise<ReviewEnd> {
    const state = this.#documents.get(uri)
    if (state === undefined) return Promise.resolve({ reviewed: 0, problem: null, failed: false })
    state.next ??= this.#turn.then(() => this.#reviewNow(uri, state, onFound))
    // A bug in one must not hold up the next.
    this.#turn = Promise.allSettled([state.next])
    return state.next
  }

  async #reviewNow(uri: string, state: ReviewedDocument, onFound: () => void): Promise<ReviewEnd> {
    state.next = null
    const functions = await this.#options.functions(uri)
    let reviewed = 0
    for (const stop of this.#begin(uri, state, functions)) {
      const ended = await this.#one(uri, state, stop)
      if (ended === null) continue
      if ("refused" in ended) return { reviewed, problem: ended.refused, failed: false }
      if ("failed" in ended) return { reviewed, problem: ended.failed, failed: true }
      reviewed++
      if (ended.findings.length > 0) onFound()
    }
    return { reviewed, problem: null, failed: false }
  }

  /** Notes the functions that are to be looked at; what each is stopped by is its name. */
  #begin(uri: string, state: ReviewedDocument, functions: readonly Stretch[]): readonly AbortController[] {
    const document = this.#options.document(uri)
    if (document === null || this.#documents.get(uri) !== state || isGenerated(document.text)) return []
    const known = new Set(state.reviewed.map(({ start, end }) => `${start} ${end}`))
    state.pending = changedFunctions(functions, document.text, state.base)
      .filter(({ start, end }) => !known.has(`${start} ${end}`))
      .slice(0, this.#options.most)
      .map(each => ({ ...each, stop: new AbortController() }))
    return state.pending.map(({ stop }) => stop)
  }

  /** Looks at one function where it stands now; null if it is edited before that is done. */
  async #one(uri: string, state: ReviewedDocument, stop: AbortController): Promise<Look | null> {
    const placeNow = (): Pending | undefined => state.pending.find(each => each.stop === stop)
    const [document, asked] = [this.#options.document(uri), placeNow()]
    if (document === null || asked === undefined) return null
    const key = this.#options.keyOf(document, asked)
    const kept = this.#kept.get(key)
    const review = kept ? { findings: kept } : await this.#look(document, asked)
    const place = placeNow()
    state.pending = state.pending.filter(each => each !== place)
    if (review === null || place === undefined || !("findings" in review)) return review
    this.#keep(key, review.findings)
    const { start, end } = place
    // What was a function of its own may be part of another one by now.
    const others = state.reviewed.filter(each => each.end <= start || end <= each.start)
    state.reviewed = [...others, { start, end, findings: review.findings }]
    return review
  }

  /** A border: nobody waits for what is found, and a review that fails must not take the server down. */
  async #look(document: DocumentSnapshot, place: Pending): Promise<Look | null> {
    try {
      return await this.#options.review(document, place, place.stop.signal)
    } catch (error) {
      if (error instanceof Cancelled) return null
      if (error instanceof ModelError) return { failed: error.message }
      this.#options.log.bug("a review failed", error)
      return { failed: "Pilotlight made a mistake; the log says which" }
    }
  }

  #keep(key: string, findings: readonly Finding[]): void {
    this.#kept.delete(key)
    this.#kept.set(key, findings)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break
      this.#kept.delete(oldest)
    }
  }
}

function stopPending(state: ReviewedDocument): void {
  for (const { stop } of state.pending) cancel(stop, "superseded")
  state.pending = []
}

/** A finding of a function that begins at `by`. */
function placed(finding: Finding, by: number): Finding {
  const shifted = <T extends Stretch>(each: T): T => ({ ...each, start: each.start + by, end: each.end + by })
  return {
    ...shifted(finding),
    fixes: finding.fixes.map(fix => ({ ...fix, edits: fix.edits.map(shifted) })),
  }
}
