import { strictLog } from "../../../server/base/log.ts"
import type { EmbeddedAnswer, EmbeddedQuery } from "../../../server/embedded/suggestion.ts"
import { Completer } from "../../../server/features/completion/completer.ts"
import type { Completion, CompletionRequest } from "../../../server/features/completion/request.ts"
import type { ContextSource } from "../../../server/features/context/context-source.ts"
import type { Answer, AskRequest, Delta, Ending, Outcome } from "../../../server/model/ask.ts"
import type { Session } from "../../../server/model/session.ts"
import type { SessionStatus } from "../../../server/model/session-status.ts"
import type { LanguageManifest } from "../../../server/syntax/manifest.ts"
import type { Lexicon } from "../../../server/syntax/tokens.ts"
import { type DocumentSnapshot, editedSnapshot, openSnapshot } from "../../../server/workspace/document.ts"
import type { SymbolIndex } from "../../../server/workspace/file-facts.ts"
import { parseFixture } from "../../fixture.ts"
import { FakeClock } from "../../model/fake-clock.ts"

/** One ask as a test sees and answers it. */
class FakeAnswer implements Answer {
  readonly request: AskRequest
  readonly #deltas: Delta[] = []
  #wake: (() => void) | null = null
  #isOver = false
  /** Whether the asker gave it up. */
  isCancelled = false

  constructor(request: AskRequest, signal: AbortSignal) {
    this.request = request
    const giveUp = (): void => {
      this.isCancelled = true
      this.end({ status: "cancelled", reason: "client" })
    }
    if (signal.aborted) giveUp()
    else signal.addEventListener("abort", giveUp, { once: true })
  }

  say(text: string): void {
    this.#put({ kind: "text", text })
  }

  end(outcome: Outcome = { status: "completed" }): void {
    if (this.#isOver) return
    this.#isOver = true
    const timings = { sent: 0, firstToken: null, lastToken: null }
    this.#put({ kind: "end", outcome, usage: null, timings, over: null } satisfies Ending)
  }

  steer(): boolean {
    return false
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Delta> {
    try {
      for (;;) {
        const delta = this.#deltas.shift()
        if (delta === undefined) {
          await new Promise<void>(resolve => {
            this.#wake = resolve
          })
          continue
        }
        yield delta
        if (delta.kind === "end") return
      }
    } finally {
      if (!this.#isOver) this.isCancelled = true
      this.#isOver = true
    }
  }

  #put(delta: Delta): void {
    this.#deltas.push(delta)
    this.#wake?.()
  }
}

interface WorldOptions {
  /** The engine's suggestion for what stands before the cursor; it has none if left out. */
  readonly engine?: (before: string) => string | null
  /** How sure the engine is. */
  readonly confidence?: number
  /** How the document is cut into tokens; as plain text if left out. */
  readonly lexicon?: Lexicon
}

/** A document that is typed in, with an engine and a model that say what they are told to. */
export class CompleterWorld {
  readonly clock: FakeClock = new FakeClock()
  readonly asks: FakeAnswer[] = []
  readonly completer: Completer
  /** How often the engine was asked. */
  engineAsks = 0
  state: SessionStatus["state"] = "ready"
  isDenied = false
  document: DocumentSnapshot
  offset: number

  /** `fixture`: one file with the cursor in it. */
  constructor(fixture: string, { engine = () => null, confidence = 0.95, lexicon }: WorldOptions = {}) {
    const [file] = parseFixture(fixture).files
    const uri = "file:///main.ts"
    this.document = openSnapshot({ uri, path: "/main.ts", language: "test", version: 0, text: file!.text })
    this.offset = file!.cursors[0]!
    const session = this.#session()
    const language =
      lexicon === undefined
        ? null
        : ({ name: "test", lexicon, globals: new Set() } as unknown as LanguageManifest)
    this.completer = new Completer({
      session: () => session,
      prompt: () => ({ source: this.#source(), epoch: null, projectKey: "test" }),
      epoch: () => 0,
      syntax: () => ({ language: () => language, trial: () => null }),
      sources: () => ({
        engine: { answer: query => this.#answer(query, engine, confidence) },
        symbols: { exact: () => [], filesWithCount: () => 1, inFile: () => [] } as unknown as SymbolIndex,
        recentEdits: () => [],
      }),
      clock: this.clock,
      log: strictLog(),
    })
  }

  /** The ask made last. */
  get ask(): FakeAnswer {
    return this.asks.at(-1)!
  }

  /** Asks that a request wanted; the others go ahead of the user. */
  get wanted(): readonly FakeAnswer[] {
    return this.asks.filter(({ request }) => request.priority > 0)
  }

  /** Replaces `removed` units left of the cursor, as one step of the editor. */
  edit(removed: number, text: string): void {
    const before = this.document
    const change = { start: this.offset - removed, end: this.offset, text }
    this.document = editedSnapshot(before, change, before.version + 1)
    this.offset = change.start + text.length
    this.completer.changed(before, this.document, [change])
  }

  /** Asks for ghost text where the cursor is. */
  request(
    fields: Partial<CompletionRequest> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Completion> {
    return this.completer.complete(
      {
        document: this.document,
        offset: this.offset,
        surface: "ghost",
        eagerness: "normal",
        invoked: false,
        maxWords: 0,
        holdMs: 1000,
        clientDebounces: false,
        canReplaceAfter: false,
        receivedAt: this.clock.ticks(),
        ...fields,
      },
      signal,
    )
  }

  /** The first suggestion for what comes next, or why there is none in parentheses; the model gets no time to answer. */
  async shown(fields: Partial<CompletionRequest> = {}): Promise<string> {
    return textOf(await this.request({ holdMs: 0, ...fields }))
  }

  /** Types key by key, with an answer to each: what was shown after each key. */
  async type(text: string, msPerKey = 150): Promise<readonly string[]> {
    const seen: string[] = []
    for (const unit of text) {
      this.clock.advance(msPerKey)
      this.edit(0, unit)
      seen.push(await this.shown())
    }
    return seen
  }

  /** Has the model asked here, and answer whole before it is given up. */
  async answered(answer: string, fields: Partial<CompletionRequest> = {}): Promise<string> {
    const completion = this.request(fields)
    await this.pass(200)
    this.ask.say(answer)
    this.ask.end()
    const text = textOf(await completion)
    await settle()
    return text
  }

  /** Lets time pass, and everything that follows from it. */
  async pass(ms: number): Promise<void> {
    await settle()
    this.clock.advance(ms)
    await settle()
  }

  #answer(
    { document, offset }: EmbeddedQuery,
    engine: (before: string) => string | null,
    confidence: number,
  ): EmbeddedAnswer {
    this.engineAsks++
    const text = engine(document.text.slice(0, offset))
    return { line: text === null ? null : { text, confidence }, words: [] }
  }

  #session(): Session {
    const nothing = { asks: 0, input: 0, cached: 0, output: 0 }
    return {
      ask: (request, signal) => {
        const answer = new FakeAnswer(request, signal)
        this.asks.push(answer)
        return answer
      },
      warm: () => {},
      status: () => ({ state: this.state, transport: "socket", detail: "" }),
      totals: () => ({ live: nothing, deep: nothing }),
      counts: () => ({ waiting: 0, running: 0, sockets: 1, busy: 0, draining: 0 }),
      close: () => {},
    }
  }

  #source(): ContextSource {
    return {
      roots: ["/"],
      verdictOn: () =>
        Promise.resolve(this.isDenied ? { allowed: false, reason: "it is on a list" } : { allowed: true }),
      gather: () => Promise.resolve({ parts: [], wanted: [] }),
    } as unknown as ContextSource
  }
}

/** The text of the first suggestion; `(reason)` where there is none. */
export function textOf({ suggestions, silence }: Completion): string {
  return suggestions[0]?.text ?? `(${silence})`
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}
