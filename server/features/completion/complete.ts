import { throwIfAborted } from "../../base/cancel.ts"
import type { EmbeddedAnswer, EmbeddedQuery, WordCandidate } from "../../embedded/suggestion.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { SymbolIndex } from "../../workspace/file-facts.ts"
import {
  closedGate,
  type Eagerness,
  type SilenceReason,
  type Surface,
  thresholdFor,
  wordStart,
} from "./gates.ts"
import type { Suggestion, Word } from "./suggestion.ts"
import { type Surroundings, trimSuggestion } from "./trim.ts"

/** What an editor wants to know: what could follow `offset` in this document. */
export interface CompletionQuery {
  readonly document: DocumentSnapshot
  /** UTF-16 code units, within the text. */
  readonly offset: number
  readonly surface: Surface
  readonly eagerness: Eagerness
  /** Most words wanted; 0 for none. */
  readonly maxWords: number
}

/** What could be shown, best first. */
export interface Completion {
  /** UTF-16 offset at which the word being typed starts; the query's offset if there is none. */
  readonly wordStart: number
  readonly suggestions: readonly Suggestion[]
  readonly words: readonly Word[]
  /** Why there is no suggestion; null if there is one. */
  readonly silence: SilenceReason | null
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
  const start = wordStart(document.text, offset)
  const gate = closedGate(document, offset)
  const silent = { wordStart: start, suggestions: [], words: [], silence: gate }
  if (gate === "document-too-large" || gate === "line-too-long") return silent
  const answer = sources.engine.answer({
    document,
    offset,
    threshold: thresholdFor(query.surface, query.eagerness),
    maxLines: MAX_LINES[query.surface],
    maxWords: query.maxWords,
  })
  const words = answer.words.map(word => describeWord(word, sources.symbols))
  if (gate !== null) return { ...silent, words }
  const suggestion = fittingSuggestion(answer, query)
  if (suggestion !== null) return { wordStart: start, suggestions: [suggestion], words, silence: null }
  return { ...silent, words, silence: answer.line === null ? "unsure" : "nothing-new" }
}

function fittingSuggestion(answer: EmbeddedAnswer, query: CompletionQuery): Suggestion | null {
  if (answer.line === null) return null
  const text = trimSuggestion(answer.line.text, surroundings(query.document, query.offset))
  return text === null ? null : { text, confidence: answer.line.confidence, source: "embedded" }
}

function surroundings(document: DocumentSnapshot, offset: number): Surroundings {
  const { text, lines } = document
  const line = lines.lineAt(offset)
  const rest = text.slice(offset, lines.startOf(line + 1)).replace(/[\r\n]+$/, "")
  for (let below = line + 1; below < lines.count; below++) {
    const nextLine = text.slice(lines.startOf(below), lines.startOf(below + 1)).trimEnd()
    if (nextLine !== "") return { rest, nextLine }
  }
  return { rest, nextLine: "" }
}

function describeWord(word: WordCandidate, symbols: SymbolIndex): Word {
  const [hit] = symbols.exact(word.text, 1)
  return { text: word.text, confidence: word.confidence, source: word.source, kind: hit?.kind ?? null }
}
