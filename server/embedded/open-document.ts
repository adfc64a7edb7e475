import type { Interner } from "../base/interner.ts"
import { lowerBound } from "../base/lower-bound.ts"
import { PACK_KIND, PACK_SHIFT } from "../syntax/token-pack.ts"
import { type Lexicon, TokenKind } from "../syntax/tokens.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { concreteCode } from "./context-order.ts"
import { DocumentBlocks } from "./document-blocks.ts"
import { type PlacedTokens, placeTokens, replaceTokens } from "./document-tokens.ts"
import { Kinship } from "./kinship.ts"
import type { Sorter } from "./sorter.ts"
import { type Brackets, bracketsOf } from "./surroundings.ts"
import { DocumentVocabulary } from "./vocabulary.ts"

/** A document that keeps more own words than this is read anew: most of them are half-typed. */
const MOST_OWN_WORDS = 20_000

/** What the engine keeps of one open document between keystrokes. */
export class OpenDocument {
  readonly blocks: DocumentBlocks
  readonly brackets: Brackets
  readonly kinship: Kinship = new Kinship()
  readonly #interner: Interner
  readonly #lexicon: Lexicon
  #vocabulary: DocumentVocabulary
  #placed: PlacedTokens
  #uses = new Map<number, number>()
  #imported: ReadonlySet<number> | null = null

  constructor(
    text: string,
    interner: Interner,
    lexicon: Lexicon,
    sorter: Sorter,
    failed: (error: unknown) => void,
  ) {
    this.#interner = interner
    this.#lexicon = lexicon
    this.brackets = bracketsOf(interner)
    this.#vocabulary = new DocumentVocabulary(interner)
    this.blocks = new DocumentBlocks(sorter, failed)
    this.#placed = placeTokens(text, lexicon, this.#vocabulary.intern)
    this.#recount()
  }

  /** Its tokens as of the last `read`. */
  get placed(): PlacedTokens {
    return this.#placed
  }

  /** Concrete codes of its tokens with their number of uses. */
  get uses(): ReadonlyMap<number, number> {
    return this.#uses
  }

  /** Codes of the names on the lines that import, near the document's start. */
  imported(): ReadonlySet<number> {
    this.#imported ??= importedNames(this.#placed.packed, code => this.textOf(code))
    return this.#imported
  }

  /** The string behind an id, shared or its own. */
  textOf(id: number): string {
    return this.#vocabulary.text(id)
  }

  /** The id of a text for this document. */
  idOf(text: string): number {
    return this.#vocabulary.intern(text)
  }

  /** Brings it up to the snapshot's text; lexes and counts only what changed. */
  read({ text }: DocumentSnapshot): void {
    if (this.#vocabulary.isOutdated() || this.#vocabulary.ownSize > MOST_OWN_WORDS) {
      this.#vocabulary = new DocumentVocabulary(this.#interner)
      this.#placed = placeTokens(text, this.#lexicon, this.#vocabulary.intern)
      this.#recount()
      return
    }
    const before = this.#placed
    this.#placed = replaceTokens(before, text, this.#lexicon, this.#vocabulary.intern)
    if (this.#placed === before) return
    this.#imported = null
    this.blocks.update(this.#placed.packed)
    this.#countChange(before.packed, this.#placed.packed)
  }

  /** Index of the first token that ends after `offset` UTF-16 units, line breaks included. */
  tokenAfter(offset: number): number {
    const { ends } = this.#placed
    return lowerBound(ends, offset + 1)
  }

  #recount(): void {
    this.#uses = new Map()
    this.#imported = null
    this.#count(this.#placed.packed, 0, this.#placed.packed.length, 1)
    this.blocks.update(this.#placed.packed)
  }

  #countChange(before: Int32Array, after: Int32Array): void {
    const shorter = Math.min(before.length, after.length)
    let start = 0
    while (start < shorter && before[start] === after[start]) start++
    let tail = 0
    while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
      tail++
    this.#count(before, start, before.length - tail, -1)
    this.#count(after, start, after.length - tail, 1)
  }

  #count(packed: Int32Array, from: number, to: number, sign: number): void {
    for (let i = from; i < to; i++) {
      const code = concreteCode(packed[i]!)
      const uses = (this.#uses.get(code) ?? 0) + sign
      if (uses === 0) this.#uses.delete(code)
      else this.#uses.set(code, uses)
    }
  }
}

/** Whether a packed token is an identifier or a keyword. */
export function isWord(packed: number): boolean {
  const kind = packed & PACK_KIND
  return kind === TokenKind.identifier || kind === TokenKind.keyword
}

/** The id in a packed token. */
export function idOf(packed: number): number {
  return packed >> PACK_SHIFT
}

/** How far into a document its imports are looked for, in tokens. */
const IMPORT_SPAN = 3000

function importedNames(packed: Int32Array, textOf: (code: number) => string): ReadonlySet<number> {
  const names = new Set<number>()
  let importing = false
  let depth = 0
  let startsLine = true
  for (const token of packed.subarray(0, IMPORT_SPAN)) {
    const kind = token & PACK_KIND
    if (startsLine && depth === 0)
      importing = isWord(token) && /^(import|from|use)$/.test(textOf(idOf(token)))
    if (importing && kind === TokenKind.identifier) names.add(concreteCode(token))
    if (importing && kind === TokenKind.punctuation) depth = Math.max(0, depth + turnOf(textOf(idOf(token))))
    startsLine = kind === TokenKind.lineBreak
  }
  return names
}

/** 1 for an opening bracket, -1 for a closing one. */
function turnOf(mark: string): number {
  return /^[({[]$/.test(mark) ? 1 : /^[)}\]]$/.test(mark) ? -1 : 0
}
