import type { Clock } from "../../model/clock.ts"
import { settledWithin } from "../pause.ts"
import type { Asker, Sent } from "./asker.ts"
import type { Debounce } from "./debounce.ts"
import { type Found, silenceOf, type Turn } from "./finder.ts"
import { isFinished, type ModelGate, type SilenceReason } from "./gates.ts"
import type { LastEdit } from "./last-edits.ts"
import { LiveStream } from "./live-stream.ts"
import type { LiveStreams } from "./live-streams.ts"

/** What the model is asked and waited for with. */
interface ModelStepOptions {
  readonly asker: Asker
  readonly streams: LiveStreams
  readonly debounce: Debounce
  readonly clock: Clock
}

/** A model's answer on its way to one request. */
export interface Coming {
  /** Settles when the ask is on its way, or is not to be. */
  readonly sent: Promise<Sent>
  /** Whether it was asked for before this request. */
  readonly isReused: boolean
  /** Ms that are waited before it is sent. */
  readonly pauseMs: number
  /** Further answers to the same request, for a user who wants to choose. */
  readonly alternatives: readonly Promise<Sent>[]
  /** What became of `sent`, once that is known. */
  now: Sent
}

/** An engine's suggestion of so many UTF-16 code units, and this sure, is left to be typed along: no model is asked for more. */
const LONG_ENOUGH = 12
const SURE_ENOUGH = 0.9

/** Answers more than one that are asked for where the user asked by a key. */
const ALTERNATIVES = 2

/** Decides whether a model is asked, reuses answers under way, and waits. */
export class ModelStep {
  readonly #options: ModelStepOptions

  constructor(options: ModelStepOptions) {
    this.#options = options
  }

  /** The answer under way that agrees with what is typed, or else a new one if that is worth asking for; null if none comes. */
  begin(
    turn: Turn,
    found: Found | null,
    lastEdit: LastEdit | null,
    signal: AbortSignal,
  ): Coming | ModelGate | null {
    const { request, entry } = turn
    const live = this.#options.streams.agreeing(request.document, request.offset)
    if (live !== null) {
      entry.tried("stream", "agrees")
      return { sent: Promise.resolve(live), isReused: true, pauseMs: 0, alternatives: [], now: live }
    }
    if (found !== null && !request.invoked && isEnough(found)) return null
    if (!this.#options.asker.hasModel) return null
    const gate = this.#closedGate(turn)
    if (gate !== null) {
      entry.gate(gate)
      return gate
    }
    return this.#ask(turn, lastEdit, signal)
  }

  /** Waits for the first part that can be shown, as long as the request may wait. Rejects with `Cancelled` when `signal` aborts. */
  async wait(coming: Coming, { request, entry }: Turn, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    const left = request.receivedAt + request.holdMs - clock.ticks()
    if (request.surface === "list" && this.#comesIn(coming) > left) {
      entry.tried(coming.isReused ? "stream" : "model", "not expected in time")
      return
    }
    const shown = [coming.sent, ...coming.alternatives].map(async each => {
      const sent = await each
      if (sent instanceof LiveStream) await this.#settled(sent)
    })
    const isIn = await settledWithin(Promise.all(shown), left, clock, signal)
    if (coming.now instanceof LiveStream) {
      entry.firstDelta(coming.now.firstDelta)
      const verdict = this.#options.asker.verdictOn(coming.now)
      if (verdict !== null) entry.checked(verdict)
    }
    entry.tried(coming.isReused ? "stream" : "model", isIn ? outcomeOf(coming.now) : "not in time")
  }

  /** Why an answer that was waited for left nothing to show. */
  silence({ now }: Coming): SilenceReason {
    if (now === null) return "late"
    if (!(now instanceof LiveStream)) return now
    const verdict = this.#options.asker.verdictOn(now)
    if (verdict?.kind === "dropped") return silenceOf(verdict.by)
    const outcome = now.ending?.outcome
    if (outcome?.status === "failed")
      return outcome.error.kind === "rate-limited" ? "rate-limited" : "offline"
    return now.isOver ? "nothing-new" : "late"
  }

  #ask(turn: Turn, lastEdit: LastEdit | null, signal: AbortSignal): Coming | null {
    const { document, offset, eagerness, canReplaceAfter, clientDebounces, invoked } = turn.request
    const skips = clientDebounces || invoked
    const inserted = lastEdit?.inserted ?? ""
    const pauseMs = this.#options.debounce.pauseMs({ eagerness, skips, inserted })
    const query = { document, offset, eagerness, canReplaceAfter, pauseMs, guessAfter: null, invoked }
    const ask = (isAlternative: boolean): Promise<Sent> =>
      this.#options.asker.ask({ ...query, isAlternative }, parts => turn.entry.asked(parts), signal)
    const sent = ask(false)
    // The first is on its way before anything is done for the others.
    const askAfter = (first: Sent): Promise<Sent> | null => (first instanceof LiveStream ? ask(true) : null)
    const alternatives = Array.from({ length: invoked ? ALTERNATIVES : 0 }, () => sent.then(askAfter))
    const coming: Coming = { sent, isReused: false, pauseMs, alternatives, now: null }
    void sent.then(now => {
      coming.now = now
    })
    return coming
  }

  #closedGate({ request, key }: Turn): ModelGate | null {
    const { invoked, eagerness } = request
    const closed = this.#options.asker.gate(false, invoked)
    if (closed !== null || invoked) return closed
    return eagerness !== "eager" && isFinished(key.typed) ? "after-closer" : null
  }

  /** Ms until a first part may be expected; 0 where nothing is known. Words must not be held up for what will be late anyway. */
  #comesIn({ now, pauseMs }: Coming): number {
    const { asker, clock } = this.#options
    const { expectedMs } = asker
    if (expectedMs === null) return 0
    if (!(now instanceof LiveStream)) return pauseMs + expectedMs
    return now.hasFirst ? 0 : expectedMs - (clock.ticks() - now.startedAt)
  }

  /** What was typed past the first part waits for the rest; a first part that was dropped will not get better. */
  #settled(stream: LiveStream): Promise<void> {
    const wasDropped = this.#options.asker.verdictOn(stream)?.kind === "dropped"
    return stream.hasFirst && !wasDropped ? stream.ended : stream.first
  }
}

/** Whether no model need be asked for more than what was found. */
export function isEnough({ source, confidence, text }: Found): boolean {
  return source === "model" || (confidence >= SURE_ENOUGH && text.length >= LONG_ENOUGH)
}

function outcomeOf(sent: Sent): string {
  if (sent === null) return "given up"
  return sent instanceof LiveStream ? (sent.stopped ?? "first part") : sent
}
