import { LRUCache } from "lru-cache"
import type { Clock } from "../../model/clock.ts"
import type { Checked, CheckName } from "./checks/check-suggestion.ts"
import type { SilenceReason } from "./gates.ts"
import type { LastEdit } from "./last-edits.ts"
import type { Completion, CompletionRequest } from "./request.ts"
import type { Attempt, SentPart, SourceName, WhyRecord } from "./why-record.ts"

/** Records kept of one document, and documents that records are kept of. */
const MAX_RECORDS = 40
const MAX_DOCUMENTS = 16
/** First lines are kept to so many UTF-16 code units. */
const MAX_SHOWN = 120

/** One request's record while it is being written. */
export class Entry {
  readonly #request: CompletionRequest
  readonly #clock: Clock
  readonly #typed: number | null
  readonly #at: number
  readonly #gates: SilenceReason[] = []
  readonly #attempts: Attempt[] = []
  readonly #checks = new Set<CheckName>()
  #isUnverified = false
  #context: readonly SentPart[] = []
  #asked: number | null = null
  #firstDelta: number | null = null

  constructor(request: CompletionRequest, lastEdit: LastEdit | null, clock: Clock) {
    this.#request = request
    this.#clock = clock
    this.#at = clock.now()
    this.#typed = lastEdit === null ? null : lastEdit.at - request.receivedAt
  }

  /** A gate was found closed. */
  gate(reason: SilenceReason): void {
    if (!this.#gates.includes(reason)) this.#gates.push(reason)
  }

  /** A source was tried, with what came of it in a few words. */
  tried(source: SourceName, outcome: string): void {
    this.#attempts.push({ source, outcome })
  }

  /** The checks looked at something. */
  checked(checked: Checked): void {
    for (const name of checked.kind === "shown" ? checked.changed : [checked.by]) this.#checks.add(name)
    if (checked.kind === "shown" && checked.isUnverified) this.#isUnverified = true
  }

  /** A model was asked, with these parts. */
  asked(context: readonly SentPart[]): void {
    this.#context = context
    this.#asked = this.#since(this.#clock.ticks())
  }

  /** The first delta of the answer that is waited for came, at so many ms of the clock's `ticks`. */
  firstDelta(ticks: number | null): void {
    this.#firstDelta = ticks === null ? null : this.#since(ticks)
  }

  /** The record, now that the request is answered. */
  close({ suggestions, silence }: Completion): WhyRecord {
    const { document, offset, surface, invoked } = this.#request
    const line = document.lines.lineAt(offset)
    return {
      at: this.#at,
      uri: document.uri,
      version: document.version,
      line,
      column: offset - document.lines.startOf(line),
      surface,
      invoked,
      gates: this.#gates,
      attempts: this.#attempts,
      context: this.#context,
      timings: {
        typed: this.#typed,
        asked: this.#asked,
        firstDelta: this.#firstDelta,
        shown: suggestions.length > 0 ? this.#since(this.#clock.ticks()) : null,
      },
      checks: [...this.#checks],
      isUnverified: this.#isUnverified,
      shown: suggestions.map(({ text }) => text.trimStart().split("\n", 1)[0]!.slice(0, MAX_SHOWN)),
      silence,
    }
  }

  #since(ticks: number): number {
    return ticks - this.#request.receivedAt
  }
}

/** What happened to the last requests in each document; bounded. */
export class Journal {
  readonly #records = new LRUCache<string, WhyRecord[]>({ max: MAX_DOCUMENTS })

  /** Keeps a record. */
  add(record: WhyRecord): void {
    const records = this.#records.get(record.uri) ?? []
    records.push(record)
    if (records.length > MAX_RECORDS) records.shift()
    this.#records.set(record.uri, records)
  }

  /** The records of a document, the latest last. */
  of(uri: string): readonly WhyRecord[] {
    return this.#records.get(uri) ?? []
  }

  /** Forgets a document. */
  close(uri: string): void {
    this.#records.delete(uri)
  }
}
