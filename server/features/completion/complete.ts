import { throwIfAborted } from "../../base/cancel.ts"
import type { EmbeddedAnswer, EmbeddedQuery, WordCandidate } from "../../embedded/suggestion.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { SymbolIndex } from "../../workspace/file-facts.ts"
import { surroundingsOf } from "./asking/surroundings.ts"
import { trimSuggestion } from "./checks/trim.ts"
import { closedGate, type Eagerness, type Surface, thresholdFor, wordStart } from "./gates.ts"
import type { Completion } from "./request.ts"
import type { Suggestion, Word } from "./suggestion.ts"

/** What an editor wants to know: what could follow `offset` in this document. */
export interface CompletionQuery {
  readonly document: DocumentSnapshot
  /** UTF-16 code units, within the text. */
  readonly offset: number
  readonly surface: Surface
  readonly eagerness: Eagerness
  /** Most words wanted; 0 for none. */
  readonly maxWords: number
  /** Most lines wanted, 0 for words alone; what suits the surface if left out. */
  readonly maxLines?: number
}

/** What a completion draws on. */
export interface CompletionSources {
  readonly engine: { answer(query: EmbeddedQuery): EmbeddedAnswer }
  readonly symbols: SymbolIndex
}

const MAX_LINES: Record<Surface, number> = { ghost: 4, list: 1 }

/** Answers one query from the sources at hand. Throws `Cancelled` if the signal is aborted before the work starts. */
export function complete(
  query: CompletionQuery,
  sources: CompletionSources,
  signal: AbortSignal,
): Completion {
  throwIfAborted(signal)
  const { document, offset } = query
  const gate = closedGate(document, offset)
  if (gate === "document-too-large" || gate === "line-too-long") {
    return { wordStart: offset, suggestions: [], words: [], silence: gate, isIncomplete: false }
  }
  const answer = sources.engine.answer({
    document,
    offset,
    threshold: thresholdFor(query.surface, query.eagerness),
    maxLines: query.maxLines ?? MAX_LINES[query.surface],
    maxWords: query.maxWords,
  })
  const start = startOfWord(answer.words, query)
  // A word that begins at the cursor would grow onto what stands before it, a number say.
  const whole = answer.words.filter(word => offset - word.typed === start)
  const words = whole.map(word => describeWord(word, sources.symbols))
  const silent = { wordStart: start, suggestions: [], words, isIncomplete: false }
  if (gate !== null) return { ...silent, silence: gate }
  const suggestion = fittingSuggestion(answer, query)
  if (suggestion !== null) return { ...silent, suggestions: [suggestion], silence: null }
  return { ...silent, silence: answer.line === null ? "unsure" : "nothing-new" }
}

/** Where the engine, which knows the language's names, says that the word starts; by the look of it where it says nothing. */
function startOfWord(words: readonly WordCandidate[], { document, offset }: CompletionQuery): number {
  const typed = words[0]?.typed ?? 0
  return typed > 0 ? offset - typed : wordStart(document.text, offset)
}

function fittingSuggestion(answer: EmbeddedAnswer, query: CompletionQuery): Suggestion | null {
  if (answer.line === null) return null
  // The engine speaks with the document's own line ends.
  const line = answer.line.text.replaceAll("\r\n", "\n")
  const text = trimSuggestion(line, surroundingsOf(query))
  if (text === null) return null
  const { confidence } = answer.line
  return { id: "embedded", text, replaceAfter: 0, confidence, source: "embedded", grade: "whole" }
}

function describeWord(word: WordCandidate, symbols: SymbolIndex): Word {
  const [hit] = symbols.exact(word.text, 1)
  return { text: word.text, confidence: word.confidence, source: word.source, kind: hit?.kind ?? null }
}
