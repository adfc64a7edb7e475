import type { LineIndex } from "../base/line-index.ts"
import { DistinctIds } from "../syntax/distinct-ids.ts"
import { lex, plainLexicon } from "../syntax/lexer.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import { type RoughFacts, RoughScanner } from "../syntax/rough-scan.ts"
import { packSpans } from "../syntax/token-pack.ts"
import { UnitText } from "../syntax/unit-text.ts"
import { WordTable } from "../syntax/word-table.ts"

/** Words, and UTF-16 code units of words, with which a dictionary is full: one that grew for ever would fill the memory. */
const MAX_WORDS = 1 << 18
const MAX_UNITS = 1 << 22

/** A text, and the language that it is in; null if that is not known. */
export interface LanguageText {
  readonly text: string
  readonly lines: LineIndex
  readonly language: LanguageManifest | null
}

/** The words that a child has met and what turns texts into their ids. */
export class Dictionary {
  readonly #words = new WordTable()
  readonly #ids = new DistinctIds()
  readonly #units = new UnitText()
  readonly #scanners = new Map<string | null, RoughScanner>()
  #told = 0

  /** Whether it is time for another dictionary. */
  get isFull(): boolean {
    return this.#words.size >= MAX_WORDS || this.#words.length >= MAX_UNITS
  }

  /** The words since the last call, the first of which has id `firstWord`. */
  takeNew(): { readonly firstWord: number; readonly words: readonly string[] } {
    const firstWord = this.#told
    this.#told = this.#words.size
    const words = Array.from({ length: this.#told - firstWord }, (_, at) => this.#words.text(firstWord + at))
    return { firstWord, words }
  }

  /** Words and rough declarations. */
  scan({ text, lines, language }: LanguageText): RoughFacts {
    const name = language?.name ?? null
    let scanner = this.#scanners.get(name)
    if (scanner === undefined) {
      scanner = new RoughScanner(language, this.#words, this.#ids)
      this.#scanners.set(name, scanner)
    }
    return scanner.scan(text, this.#units.load(text), lines)
  }

  /** Packed tokens, as `packTokens` gives them. */
  pack({ text, language }: LanguageText): Int32Array {
    const units = this.#units.load(text)
    const words = this.#words
    const stream = lex(text, language?.lexicon ?? plainLexicon)
    return packSpans(stream, words.internText("\n"), (start, end) => words.intern(units, start, end))
  }

  /** The id of a word. */
  idOf(word: string): number {
    return this.#words.internText(word)
  }
}
