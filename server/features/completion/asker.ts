import { cancel, throwIfAborted } from "../../base/cancel.ts"
import { Cancelled } from "../../base/errors.ts"
import type { Log } from "../../base/log.ts"
import type { Clock } from "../../model/clock.ts"
import type { Session } from "../../model/session.ts"
import type { LanguageManifest } from "../../syntax/manifest.ts"
import type { Trial } from "../../syntax/trial.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { PromptContext } from "../context/prompt-context.ts"
import { pauseFor } from "../pause.ts"
import type { Allowance } from "./allowance.ts"
import { completionAsk } from "./asking/ask.ts"
import type { Place } from "./asking/place.ts"
import { shapeOf } from "./asking/shape.ts"
import { keyedPlace } from "./cache-key.ts"
import type { Checker } from "./checker.ts"
import type { Checked } from "./checks/check-suggestion.ts"
import type { Eagerness, ModelGate } from "./gates.ts"
import { LiveStream, type StreamListener } from "./live-stream.ts"
import type { LiveStreams } from "./live-streams.ts"
import { gatherPrompt, type PromptSource, partsOf, sessionGate } from "./model-source.ts"
import type { SuggestionCache } from "./suggestion-cache.ts"
import type { SentPart } from "./why-record.ts"

/** Where code stands, for asking and checking. */
interface Syntax {
  language(name: string): LanguageManifest | null
  /** The syntax of a document as it is now; null if it is not parsed, or no document of this very text is open. */
  trial(document: DocumentSnapshot): Trial | null
}

/** What asks are made with. */
export interface AskerOptions {
  readonly session: () => Session | null
  readonly prompt: () => PromptSource
  readonly syntax: () => Syntax
  readonly clock: Clock
  readonly log: Log
  readonly streams: LiveStreams
  readonly cache: SuggestionCache
  readonly checker: Checker
  readonly allowance: Allowance
}

/** What is asked. */
interface AskQuery {
  readonly document: DocumentSnapshot
  readonly offset: number
  readonly eagerness: Eagerness
  readonly canReplaceAfter: boolean
  /** Milliseconds to wait before anything is sent. */
  readonly pauseMs: number
  /** The finding that this goes on from as if it were accepted; null where a request wants the answer. */
  readonly guessAfter: number | null
  /** Whether the user asked by a key of its own. */
  readonly invoked: boolean
  /** Whether it is asked beside another ask for the same request, for something else to choose. */
  readonly isAlternative: boolean
}

/** How sure a model's suggestion is, 0 to 1; one that names what exists nowhere is worth less than what the engine says. */
const CONFIDENCE = 0.85
const LOWERED = 0.4

/** How much the last answer counts in what is expected of the next. */
const NEWS = 0.25

/** What became of an ask before it was sent: it is on its way, or a gate was closed; null if it was given up. */
export type Sent = LiveStream | ModelGate | null

/** Asks a model, and remembers what it says where it belongs. At most one ask of a document waits to be sent. */
export class Asker {
  readonly #options: AskerOptions
  readonly #waiting = new Map<string, AbortController>()
  readonly #verdicts = new WeakMap<LiveStream, Checked>()
  #expectedMs: number | null = null

  constructor(options: AskerOptions) {
    this.#options = options
  }

  /** What the checks said of the first part of a stream; null if there is none yet. */
  verdictOn(stream: LiveStream): Checked | null {
    return this.#verdicts.get(stream) ?? null
  }

  /** Ms from sending an ask to its first part, as it was lately; null before the first. */
  get expectedMs(): number | null {
    return this.#expectedMs
  }

  /** Whether there is a model to ask. */
  get hasModel(): boolean {
    return this.#options.session() !== null
  }

  /** The gate before the model that is closed now; `null` also where there is no model. */
  gate(isGuess: boolean, invoked: boolean): ModelGate | null {
    const session = this.#options.session()
    const closed = session && sessionGate(session)
    if (closed !== null || invoked) return closed
    return this.#options.allowance.has(isGuess) ? null : "saving"
  }

  /** Gives up an ask of a document that was not sent yet. */
  supersede(uri: string): void {
    const waiting = this.#waiting.get(uri)
    if (waiting !== undefined) cancel(waiting, "superseded")
    this.#waiting.delete(uri)
  }

  /** Gives up every ask that was not sent yet. */
  dispose(): void {
    for (const uri of [...this.#waiting.keys()]) this.supersede(uri)
  }

  /**
   * Has a model asked after the pause, unless `signal` aborts or another ask for the document takes its place before; `onSent`
   * is told what it was told. Never rejects.
   */
  async ask(
    query: AskQuery,
    onSent: (parts: readonly SentPart[]) => void,
    signal: AbortSignal,
  ): Promise<Sent> {
    const { uri } = query.document
    const session = this.#options.session()
    if (session === null) return null
    const controller = new AbortController()
    if (query.guessAfter === null && !query.isAlternative) {
      this.supersede(uri)
      this.#waiting.set(uri, controller)
    }
    const sent = await this.#unlessCancelled(
      this.#send(query, session, onSent, AbortSignal.any([signal, controller.signal])),
    )
    if (this.#waiting.get(uri) === controller) this.#waiting.delete(uri)
    return sent
  }

  /** A border: nobody waits for asks but to show what they bring, and a bug in one must not take the server down. */
  async #unlessCancelled<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof Cancelled))
        this.#options.log.bug("asking a model for a completion failed", error)
      return null
    }
  }

  async #send(
    query: AskQuery,
    session: Session,
    onSent: (parts: readonly SentPart[]) => void,
    signal: AbortSignal,
  ): Promise<Sent> {
    const { document, offset, pauseMs, guessAfter, invoked } = query
    const { prompt: source, clock, allowance } = this.#options
    const project = source()
    // The pause begins before the work that goes on meanwhile.
    const pause = pauseMs > 0 ? pauseFor(pauseMs, clock, signal) : null
    const [prompt] = await Promise.all([gatherPrompt(document, offset, project, signal), pause])
    throwIfAborted(signal)
    if (prompt === null) return "denied"
    if (!allowance.take(guessAfter !== null) && !invoked) return "saving"
    const stream = this.#open(query, prompt, project, session)
    onSent(partsOf(prompt))
    return stream
  }

  #open(query: AskQuery, prompt: PromptContext, { projectKey }: PromptSource, session: Session): LiveStream {
    const { document, offset, eagerness, guessAfter, isAlternative } = query
    const { streams, clock, log } = this.#options
    const place = this.placeOf(document, offset)
    const shape = shapeOf(place, eagerness)
    const isGuess = guessAfter !== null
    const request = completionAsk(place, shape, prompt, {
      priority: isGuess || isAlternative ? 0 : 1,
      projectKey,
    })
    const listener = this.#listener(query, place, prompt, () => stream)
    const stream = new LiveStream(place, shape, signal => session.ask(request, signal), {
      listener,
      clock,
      log,
    })
    if (isGuess) streams.addGuess(stream, guessAfter)
    else streams.add(stream)
    void stream.ended.then(() => place.trial?.release())
    return stream
  }

  /** Has the server of the model prepare what prompts begin with. Never rejects. */
  async warm(document: DocumentSnapshot, signal: AbortSignal): Promise<void> {
    const session = this.#options.session()
    const project = this.#options.prompt()
    const prompt = session && (await this.#unlessCancelled(gatherPrompt(document, 0, project, signal)))
    if (!prompt) return
    const place = this.placeOf(document, 0)
    const { projectKey } = project
    session.warm(completionAsk(place, shapeOf(place, "normal"), prompt, { priority: 0, projectKey }))
    place.trial?.release()
  }

  /** A place with its syntax, which whoever asks for it releases. */
  placeOf(document: DocumentSnapshot, offset: number): Place {
    const syntax = this.#options.syntax()
    const { language } = document
    return {
      document,
      offset,
      language: language === null ? null : syntax.language(language),
      trial: syntax.trial(document),
    }
  }

  /** Remembers what comes, first as far as it may be shown, then with all that streams past it. */
  #listener(
    query: AskQuery,
    place: Place,
    prompt: PromptContext,
    streamOf: () => LiveStream,
  ): StreamListener {
    const { cache, checker, clock } = this.#options
    const sentAt = clock.ticks()
    const key = keyedPlace(query.document, query.offset)
    let origin: number | null = null
    const remember = (text: string, checked: Checked & { kind: "shown" }): void => {
      const rest = checked.text === text ? streamOf().rest : ""
      const finding = {
        text: checked.text + rest,
        checked: checked.text.length,
        replaceAfter: checked.replaceAfter,
        confidence: checked.lowered ? LOWERED : CONFIDENCE,
        source: "model",
        goesOn: streamOf().goesOn,
        fingerprint: checked.fingerprint,
      } as const
      origin = cache.remember(key, prompt.epoch, finding, origin)
    }
    let grow = (): void => {}
    return {
      first: text => {
        if (text === null) return
        const ms = clock.ticks() - sentAt
        this.#expectedMs = this.#expectedMs === null ? ms : this.#expectedMs + (ms - this.#expectedMs) * NEWS
        const { canReplaceAfter } = query
        const options = { redactions: prompt.redactions, canReplaceAfter, isWhole: true }
        const checked = checker.check(text, place, options)
        this.#verdicts.set(streamOf(), checked)
        if (checked.kind !== "shown") return
        remember(text, checked)
        grow = () => remember(text, checked)
      },
      ended: () => grow(),
    }
  }
}
