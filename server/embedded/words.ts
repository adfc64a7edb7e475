import type { SymbolIndex } from "../workspace/file-facts.ts"
import { idOf, isWord, type OpenDocument } from "./open-document.ts"
import type { Candidate } from "./prediction.ts"
import type { WordCandidate } from "./suggestion.ts"
import type { WordCounts } from "./word-counts.ts"

/** Where words come from besides votes and the document. */
export interface WordSources {
  readonly symbols: SymbolIndex | null
  readonly counts: WordCounts
  /** The string behind an id of the shared interner. */
  readonly textOf: (id: number) => string
}

/** What is asked of `completeWord`. */
export interface WordQuery {
  readonly document: OpenDocument
  /** What is typed of the word; "" lists only what is voted for. */
  readonly typed: string
  /** Index of the token being typed, or of the one before which the cursor stands. */
  readonly token: number
  /** Voted words that begin as typed, best first. */
  readonly voted: readonly Candidate[]
  readonly most: number
}

/** Votes below this say less than a word's nearness. */
const LEAST_VOTE = 0.02
/** Tokens looked at on either side of the cursor for words of the document. */
const BUFFER_SPAN = 20_000
/** Confidence of the first word that nothing voted for; it halves with each further one. */
const UNVOTED = 0.2

/**
 * Words that begin as typed, best first and without repetition: those voted for, those of the document by nearness,
 * the project's symbols, the project's other words by use. The word as typed is never among them.
 */
export function completeWord(query: WordQuery, sources: WordSources): readonly WordCandidate[] {
  const list = new WordList(query)
  const { document, voted, typed } = query
  for (const { token, probability } of voted) {
    if (probability >= LEAST_VOTE) list.add(document.textOf(idOf(token)), probability, "vote")
  }
  if (typed !== "") {
    for (const text of bufferWords(query)) list.addUnvoted(text, "buffer")
    for (const { token } of voted) list.addUnvoted(document.textOf(idOf(token)), "vote")
    if (!list.full)
      for (const hit of sources.symbols?.prefix(typed, query.most * 2) ?? [])
        list.addUnvoted(hit.name, "symbol")
    if (!list.full) for (const text of projectWords(query, sources)) list.addUnvoted(text, "project")
  }
  return list.words
}

class WordList {
  readonly words: WordCandidate[] = []
  readonly #seen = new Set<string>()
  readonly #query: WordQuery
  #unvoted = UNVOTED

  constructor(query: WordQuery) {
    this.#query = query
    this.#seen.add(query.typed)
  }

  get full(): boolean {
    return this.words.length >= this.#query.most
  }

  add(text: string, confidence: number, source: WordCandidate["source"]): void {
    if (this.full || this.#seen.has(text)) return
    this.#seen.add(text)
    this.words.push({ text, typed: this.#query.typed.length, confidence, source })
  }

  addUnvoted(text: string, source: WordCandidate["source"]): void {
    if (this.full || this.#seen.has(text)) return
    this.add(text, this.#unvoted, source)
    this.#unvoted /= 2
  }
}

/** Words of the document, nearest first. */
function* bufferWords({ document, typed, token, most }: WordQuery): Generator<string> {
  const { packed } = document.placed
  let found = 0
  for (let distance = 1; distance < BUFFER_SPAN && found < most * 4; distance++) {
    for (const index of [token - distance, token + distance]) {
      const candidate = packed[index]
      if (candidate === undefined || !isWord(candidate)) continue
      const text = document.textOf(idOf(candidate))
      if (!text.startsWith(typed)) continue
      found++
      yield text
    }
    if (token - distance < 0 && token + distance >= packed.length) return
  }
}

/** Words of the project that begin as typed, most used first. */
function projectWords({ typed, most }: WordQuery, { counts, textOf }: WordSources): readonly string[] {
  const best: { text: string; uses: number }[] = []
  for (let id = 0; id < counts.size; id++) {
    const uses = counts.uses(id)
    const least = best.length < most * 2 ? 0 : best[best.length - 1]!.uses
    if (uses <= least || !counts.isWord(id)) continue
    const text = textOf(id)
    if (!text.startsWith(typed)) continue
    let at = best.length
    while (at > 0 && best[at - 1]!.uses < uses) at--
    best.splice(at, 0, { text, uses })
    if (best.length > most * 2) best.pop()
  }
  return best.map(word => word.text)
}
