import type { TextChange } from "../../base/text-change.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { LiveStream } from "./live-stream.ts"

/** Answers under way for one document at most; the oldest is given up for another. */
const MOST = 3

/** The answers that are under way for one client's documents, and the one guess at what will be wanted next. */
export class LiveStreams {
  readonly #streams = new Map<string, LiveStream[]>()
  #guess: { readonly stream: LiveStream; readonly origin: number } | null = null

  /** How many are under way. */
  get size(): number {
    return [...this.#streams.values()].reduce(
      (sum, streams) => sum + streams.length,
      this.#guess === null ? 0 : 1,
    )
  }

  /** Whether a guess is under way. */
  get isGuessing(): boolean {
    return this.#guess !== null
  }

  /** Takes an answer in that a request waits for. */
  add(stream: LiveStream): void {
    const { uri } = stream.place.document
    const others = this.#streams.get(uri) ?? []
    const kept = others.slice(Math.max(0, others.length - MOST + 1))
    for (const other of others) if (!kept.includes(other)) other.abandon()
    this.#streams.set(uri, [...kept, stream])
    void stream.ended.then(() => this.#remove(uri, stream))
  }

  /** Takes in an answer to what would be asked if the suggestion of `origin` were accepted. */
  addGuess(stream: LiveStream, origin: number): void {
    this.#guess?.stream.abandon()
    const guess = { stream, origin }
    this.#guess = guess
    void stream.ended.then(() => {
      if (this.#guess === guess) this.#guess = null
    })
  }

  /** The latest answer that may still say what comes next at a place; the others of this document are given up. */
  agreeing(document: DocumentSnapshot, offset: number): LiveStream | null {
    const { uri } = document
    const guess = this.#guess
    if (guess?.stream.place.document.uri === uri && guess.stream.agrees(document, offset)) {
      this.#guess = null
      this.add(guess.stream)
    }
    const streams = this.#streams.get(uri) ?? []
    const kept = streams.filter(stream => stream.agrees(document, offset))
    for (const stream of streams) if (!kept.includes(stream)) stream.abandon()
    if (kept.length === 0) this.#streams.delete(uri)
    else this.#streams.set(uri, kept)
    return kept.at(-1) ?? null
  }

  /** Gives a guess up that is about another suggestion than the one of `origin`. */
  keepGuess(uri: string, origin: number | null): void {
    const guess = this.#guess
    if (guess === null || guess.stream.place.document.uri !== uri || guess.origin === origin) return
    guess.stream.abandon()
    this.#guess = null
  }

  /** Follows a change of a document. */
  moved(uri: string, change: TextChange): void {
    for (const stream of this.#streams.get(uri) ?? []) stream.moved(change)
  }

  /** Gives up what is under way for a document. */
  close(uri: string): void {
    for (const stream of this.#streams.get(uri) ?? []) stream.abandon()
    this.#streams.delete(uri)
    this.keepGuess(uri, null)
  }

  /** Gives up everything. */
  dispose(): void {
    for (const uri of [...this.#streams.keys()]) this.close(uri)
    this.#guess?.stream.abandon()
    this.#guess = null
  }

  #remove(uri: string, stream: LiveStream): void {
    const left = (this.#streams.get(uri) ?? []).filter(each => each !== stream)
    if (left.length === 0) this.#streams.delete(uri)
    else this.#streams.set(uri, left)
  }
}
