import type { SymbolIndex } from "../workspace/file-facts.ts"
import { idOf, isWord, type OpenDocument } from "./open-document.ts"
import type { Candidate } from "./prediction.ts"
import type { WordCandidate } from "./suggestion.ts"
import type { WordCounts } from "./word-counts.ts"
import type { RankedWord } from "./word-ranking.ts"

/** Where words come from besides votes and the document. */
interface WordSources {
  readonly symbols: Pick<SymbolIndex, "prefix"> | null
  readonly counts: WordCounts
  /** The string behind an id of the shared interner. */
  readonly textOf: (id: number) => string
  readonly byInitial: IdsByInitial
}

/** Voted words less likely than this are not offered before anything is typed. */
const LEAST_VOTE = 0.02

/** The project's declared names that begin as typed, then its other words by use; at most `most` of each. */
export function projectWords(
  typed: string,
  most: number,
  sources: WordSources,
): readonly { readonly text: string; readonly source: "symbol" | "project" }[] {
  const symbols = (sources.symbols?.prefix(typed, most) ?? []).map(hit => ({
    text: hit.name,
    source: "symbol" as const,
  }))
  return [
    ...symbols,
    ...frequentWords(typed, most, sources).map(text => ({ text, source: "project" as const })),
  ]
}

function frequentWords(
  typed: string,
  most: number,
  { counts, textOf, byInitial }: WordSources,
): readonly string[] {
  const best: { text: string; uses: number }[] = []
  for (const id of byInitial.of(typed.charCodeAt(0), counts.size, textOf)) {
    const uses = counts.uses(id)
    if (best.length === most && uses <= best[most - 1]!.uses) continue
    if (!counts.isWord(id) || !textOf(id).startsWith(typed)) continue
    let at = best.length
    while (at > 0 && best[at - 1]!.uses < uses) at--
    best.splice(at, 0, { text: textOf(id), uses })
    if (best.length > most) best.pop()
  }
  return best.map(word => word.text)
}

/** Ids by the first unit of their text. Ids are never reused, so what was sorted in once stays. */
export class IdsByInitial {
  readonly #ids = new Map<number, number[]>()
  #sorted = 0

  /** The ids below `size` whose text begins with a UTF-16 unit. */
  of(unit: number, size: number, textOf: (id: number) => string): readonly number[] {
    for (; this.#sorted < size; this.#sorted++) {
      const initial = textOf(this.#sorted).charCodeAt(0)
      const ids = this.#ids.get(initial)
      if (ids === undefined) this.#ids.set(initial, [this.#sorted])
      else ids.push(this.#sorted)
    }
    return this.#ids.get(unit) ?? []
  }
}

/** Ranked words as an answer lists them: without the word as typed, at most `most`. */
export function listWords(
  ranked: readonly RankedWord[],
  typed: string,
  most: number,
  document: OpenDocument,
): readonly WordCandidate[] {
  const words: WordCandidate[] = []
  const seen = new Set([typed])
  for (const { token, probability, source } of ranked) {
    if (words.length === most) break
    const text = document.textOf(idOf(token))
    if (seen.has(text)) continue
    seen.add(text)
    words.push({ text, typed: typed.length, confidence: probability, source })
  }
  return words
}

/** Words to offer before anything is typed: only what is voted for with some weight. */
export function expectedWords(
  voted: readonly Candidate[],
  most: number,
  document: OpenDocument,
): readonly WordCandidate[] {
  const likely = voted.filter(({ token, probability }) => probability >= LEAST_VOTE && isWord(token))
  return listWords(
    likely.map(candidate => ({ ...candidate, source: "vote" as const })),
    "",
    most,
    document,
  )
}
