import { Cancelled } from "../../base/errors.ts"
import type { Log } from "../../base/log.ts"
import { TimeSlice } from "../../base/time-slice.ts"
import { type CentralSymbols, countCentral } from "../../context/central-symbols.ts"
import {
  composeDigest,
  type DigestRequest,
  type ProjectDigest,
  samplesOf,
  staleShare,
} from "../../context/digest.ts"
import { redactPieces } from "../../context/redact/redact.ts"
import { Redactions } from "../../context/redact/redactions.ts"
import type { SymbolIndex } from "../../workspace/file-facts.ts"
import type { FactsListener } from "../../workspace/index-builder.ts"

/** A span in which the stable beginning of prompts stays byte for byte the same. */
export interface Epoch {
  /** Counts up from 1. */
  readonly number: number
  readonly digest: ProjectDigest
  /** The texts of the digest's sections as they may leave the machine. */
  readonly shown: readonly string[]
  /** What was hidden in them: a prompt goes on from a copy of it. */
  readonly redactions: Redactions
  readonly central: CentralSymbols
}

/** Whose digest is kept, and who is told. */
interface DigestKeeperOptions extends DigestRequest {
  readonly index: SymbolIndex
  /** Resolves when the index tells of these files, or of all if there are none, as far as it may. */
  readonly ready: (paths: readonly string[] | null) => Promise<void>
  /** Has the texts of these files at hand afterwards, as far as they may be. */
  readonly read: (paths: readonly string[], signal: AbortSignal) => Promise<unknown>
  readonly textOf: (path: string) => string | null
  readonly log: Log
}

/** A digest of which more than this is wrong is made anew: a changed prefix costs the provider's cache of it. */
const MOST_STALE = 0.2
/** The longest stretch of work on the main thread, ms. */
const STRETCH_MS = 3

/**
 * Keeps the digest of one project.
 * Invariant: within an epoch the digest is one object, its text byte for byte the same.
 */
export class DigestKeeper implements FactsListener {
  readonly #options: DigestKeeperOptions
  #epoch: Epoch | null = null
  #changed = true
  /** How often what may be told of changed, and how often it had when the present digest was made. */
  #doubts = 0
  #madeAfter = 0
  #refreshing: Promise<void> | null = null

  constructor(options: DigestKeeperOptions) {
    this.#options = options
  }

  /** The present epoch; null until the first digest is made, and while it may hold what may not be told any more. */
  get epoch(): Epoch | null {
    return this.#doubts === this.#madeAfter ? this.#epoch : null
  }

  changed(): void {
    this.#changed = true
  }

  removed(): void {
    this.#changed = true
  }

  /** Other files may be told of than before: there is no epoch until the digest is made anew. */
  doubt(): void {
    this.#doubts++
    this.#changed = true
  }

  /**
   * Makes the first digest, or a new one if too much of the present one is wrong. Costs next to nothing while the index is
   * as it was at the last call. Never rejects; ends early when `signal` aborts.
   */
  refresh(signal: AbortSignal): Promise<void> {
    this.#refreshing ??= this.#refresh(signal).finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    if (!this.#changed || signal.aborted) return
    this.#changed = false
    try {
      const stale = await this.#stale()
      if (stale !== null) await this.#renew(stale, signal)
    } catch (error) {
      this.#changed = true
      if (!(error instanceof Cancelled))
        this.#options.log.bug("the project's digest could not be made", error)
    }
  }

  /** Why the digest must be made anew, as the rest of a sentence that may be empty; null if it need not be. */
  async #stale(): Promise<string | null> {
    if (this.#epoch === null) return ""
    if (this.epoch === null) return ": what may leave the machine has changed"
    const { digest } = this.#epoch
    await this.#options.ready(digest.entries.map(({ path }) => path))
    const share = staleShare(digest, this.#options.index)
    return share <= MOST_STALE ? null : `: ${Math.round(share * 100)} % of the last one were out of date`
  }

  async #renew(why: string, signal: AbortSignal): Promise<void> {
    const { index, ready, textOf, read, log } = this.#options
    const doubts = this.#doubts
    await ready(null)
    const slice = new TimeSlice(STRETCH_MS)
    const central = await countCentral(index, slice)
    await read(samplesOf(central), signal)
    const digest = await composeDigest({ index, textOf, central }, this.#options, slice)
    this.#madeAfter = doubts
    const before = this.#epoch
    if (before?.digest.text === digest.text) {
      // The same bytes are the same epoch.
      this.#epoch = { ...before, central }
      return
    }
    const number = (before?.number ?? 0) + 1
    const redactions = new Redactions()
    const sections = digest.sections.map(({ text }) => ({ text, source: "digest" }))
    this.#epoch = { number, digest, shown: redactPieces(sections, redactions), redactions, central }
    log.info(`epoch ${number} of the project's digest begins, ${digest.tokens} tokens${why}`)
  }
}
