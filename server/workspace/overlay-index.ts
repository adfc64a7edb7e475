import { LineIndex } from "../base/line-index.ts"
import type { SyntaxFacts } from "../syntax/facts.ts"
import type { ImportFact } from "../syntax/symbols.ts"
import { BestOf, byText } from "./best-of.ts"
import type { LikeFile, SymbolHit, SymbolIndex } from "./file-facts.ts"
import { fuzzyScore } from "./fuzzy-score.ts"
import { rareWords } from "./rare-words.ts"
import { rowCount, type SymbolTable, symbolHit } from "./symbol-table.ts"

/** What is known of an open document. */
export interface OpenFacts {
  readonly text: string
  readonly facts: SyntaxFacts
}

/** One open document's facts. Its lines, words and names are counted when first asked for. */
class Layer implements SymbolTable {
  readonly path: string
  readonly open: OpenFacts
  #lines: number | null = null
  #words: ReadonlySet<string> | null = null
  #rows: ReadonlyMap<string, readonly number[]> | null = null

  constructor(path: string, open: OpenFacts) {
    this.path = path
    this.open = open
  }

  get symbols(): Int32Array {
    return this.open.facts.symbols
  }

  get lines(): number {
    this.#lines ??= LineIndex.of(this.open.text).count
    return this.#lines
  }

  nameOf(column: number): string {
    return this.open.facts.names[column] ?? ""
  }

  signatureOf(row: number): string {
    return this.open.facts.signatures[row] ?? ""
  }

  /** The declarations of a name, in document order. */
  named(name: string): readonly SymbolHit[] {
    this.#rows ??= rowsByName(this.open.facts.names)
    return (this.#rows.get(name) ?? []).map(row => symbolHit(this, row))
  }

  /** The sum of the weights of the words that stand in the document. */
  share(weights: ReadonlyMap<string, number>): number {
    this.#words ??= new Set(this.open.text.match(WORDS))
    let sum = 0
    for (const [word, weight] of weights) if (this.#words.has(word)) sum += weight
    return sum
  }
}

function rowsByName(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>()
  names.forEach((name, row) => {
    const known = rows.get(name)
    if (known === undefined) rows.set(name, [row])
    else known.push(row)
  })
  return rows
}

/** Runs of letters, digits, `_` and `$`; see `isNameUnit`. */
const WORDS = /[A-Za-z0-9_$\u0080-\uffff]+/g

/** Other declarations looked at where the best one of a name is hidden. */
const SUBSTITUTES = 16

/**
 * The index as one client sees it: its open documents laid over the files on disk.
 * Invariant: of a file that is laid over, nothing of the base is ever given.
 */
export class OverlayIndex implements SymbolIndex {
  readonly #base: SymbolIndex
  readonly #layers = new Map<string, Layer>()

  constructor(base: SymbolIndex) {
    this.#base = base
  }

  get fileCount(): number {
    const added = [...this.#layers.keys()].filter(path => !this.#base.has(path))
    return this.#base.fileCount + added.length
  }

  get symbolCount(): number {
    let count = this.#base.symbolCount
    for (const [path, { symbols }] of this.#layers) {
      count += rowCount(symbols) - this.#base.inFile(path).length
    }
    return count
  }

  /** Lays a document over whatever is known under `path`: its path, or its URI if it has none. */
  lay(path: string, open: OpenFacts): void {
    this.#layers.set(path, new Layer(path, open))
  }

  /** Shows again what is known of the file on disk. */
  lift(path: string): void {
    this.#layers.delete(path)
  }

  has(path: string): boolean {
    return this.#layers.has(path) || this.#base.has(path)
  }

  exact(name: string, limit: number): readonly SymbolHit[] {
    const own = this.#own(declared => declared === name)
    const below = this.#below(limit - own.length, most => this.#base.exact(name, most))
    const hits = [...own, ...below].sort((a, b) => Number(b.exported) - Number(a.exported))
    return hits.slice(0, Math.max(0, limit))
  }

  rare(name: string, most: number): readonly SymbolHit[] | null {
    const own: SymbolHit[] = []
    for (const layer of this.#layers.values()) own.push(...layer.named(name))
    // Some of the base's may be hidden. Where one document hides several, a name can seem less rare than it is.
    const below = this.#base.rare(name, most + this.#layers.size)
    if (below === null) return null
    const isHidden = ({ path }: SymbolHit): boolean => this.#layers.has(path)
    const visible = below.some(isHidden) ? below.filter(hit => !isHidden(hit)) : below
    if (own.length + visible.length > most) return null
    if (own.length === 0) return visible
    return [...own, ...visible].sort((a, b) => byText(a.path, b.path) || a.nameStart - b.nameStart)
  }

  prefix(prefix: string, limit: number): readonly SymbolHit[] {
    const byName = this.#bestByName(
      name => name.startsWith(prefix),
      most => this.#base.prefix(prefix, most),
      limit,
    )
    const hits = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    return hits.slice(0, Math.max(0, limit))
  }

  fuzzy(pattern: string, limit: number): readonly SymbolHit[] {
    const byName = this.#bestByName(
      name => fuzzyScore(pattern, name) !== null,
      most => this.#base.fuzzy(pattern, most),
      limit,
    )
    const best = new BestOf<SymbolHit>(limit)
    for (const hit of byName.values()) best.show(hit, fuzzyScore(pattern, hit.name) ?? 0)
    return best.list()
  }

  inFile(path: string): readonly SymbolHit[] {
    const layer = this.#layers.get(path)
    if (layer === undefined) return this.#base.inFile(path)
    return Array.from({ length: rowCount(layer.symbols) }, (_, row) => symbolHit(layer, row))
  }

  declaredIn(path: string, name: string): readonly SymbolHit[] {
    return this.#layers.get(path)?.named(name) ?? this.#base.declaredIn(path, name)
  }

  importsOf(path: string): readonly ImportFact[] {
    return this.#layers.get(path)?.open.facts.imports ?? this.#base.importsOf(path)
  }

  *paths(): Iterable<string> {
    yield* this.#layers.keys()
    for (const path of this.#base.paths()) if (!this.#layers.has(path)) yield path
  }

  /** The hash of the file on disk; null for an open document, whose text may be another. */
  hashOf(path: string): string | null {
    return this.#layers.has(path) ? null : this.#base.hashOf(path)
  }

  linesOf(path: string): number {
    return this.#layers.get(path)?.lines ?? this.#base.linesOf(path)
  }

  isRough(path: string): boolean {
    return !this.#layers.has(path) && this.#base.isRough(path)
  }

  holds(path: string, word: string): boolean {
    const layer = this.#layers.get(path)
    return layer === undefined ? this.#base.holds(path, word) : holdsWord(layer.open.text, word)
  }

  filesWith(word: string, limit: number): readonly string[] {
    const own = [...this.#layers.keys()].filter(path => this.holds(path, word))
    const most = limit + this.#layers.size
    const below = this.#base.filesWith(word, most).filter(path => !this.#layers.has(path))
    return [...own, ...below].slice(0, Math.max(0, limit))
  }

  filesWithCount(word: string): number {
    let count = this.#base.filesWithCount(word)
    for (const path of this.#layers.keys()) {
      count += Number(this.holds(path, word)) - Number(this.#base.holds(path, word))
    }
    return count
  }

  filesLike(words: readonly string[], limit: number, besides?: string): readonly LikeFile[] {
    return this.filesSharing(rareWords(words, this), limit, besides)
  }

  filesSharing(weights: ReadonlyMap<string, number>, limit: number, besides?: string): readonly LikeFile[] {
    const best = new BestOf<string>(limit, byText)
    for (const [path, layer] of this.#layers) {
      const score = path === besides ? 0 : layer.share(weights)
      if (score > 0) best.show(path, score)
    }
    for (const { path, score } of this.#base.filesSharing(weights, limit + this.#layers.size, besides)) {
      if (!this.#layers.has(path)) best.show(path, score)
    }
    return best.scored().map(({ thing: path, score }) => ({ path, score }))
  }

  /** Declarations in open documents. */
  #own(matches: (name: string) => boolean): SymbolHit[] {
    const hits: SymbolHit[] = []
    for (const layer of this.#layers.values()) {
      layer.open.facts.names.forEach((name, row) => {
        if (matches(name)) hits.push(symbolHit(layer, row))
      })
    }
    return hits
  }

  /** At least `limit` visible hits of the base, if there are so many. */
  #below(limit: number, ask: (most: number) => readonly SymbolHit[]): readonly SymbolHit[] {
    for (let most = limit; most > 0; most *= 2) {
      const hits = ask(most)
      const visible = hits.filter(hit => !this.#layers.has(hit.path))
      if (visible.length >= limit || hits.length < most) return visible
    }
    return []
  }

  /** The best visible declaration of each name, open documents first; at least `limit` names, if there are so many. */
  #bestByName(
    matches: (name: string) => boolean,
    ask: (most: number) => readonly SymbolHit[],
    limit: number,
  ): Map<string, SymbolHit> {
    const byName = new Map<string, SymbolHit>()
    for (const hit of this.#own(matches)) {
      if (hit.exported || !byName.has(hit.name)) byName.set(hit.name, hit)
    }
    for (let most = limit; most > 0; most *= 2) {
      const hits = ask(most)
      const visible = hits.flatMap(hit => this.#visible(hit) ?? [])
      if (visible.length < limit && hits.length >= most) continue
      for (const hit of visible) if (!byName.has(hit.name)) byName.set(hit.name, hit)
      break
    }
    return byName
  }

  /** The hit itself, or another of its name that no open document hides. */
  #visible(hit: SymbolHit): SymbolHit | null {
    if (!this.#layers.has(hit.path)) return hit
    const others = this.#base.exact(hit.name, SUBSTITUTES)
    return others.find(other => !this.#layers.has(other.path)) ?? null
  }
}

/** Whether `word` stands in `text` with no letter, digit, `_` or `$` beside it. */
function holdsWord(text: string, word: string): boolean {
  if (word === "") return false
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isNameUnit(text.charCodeAt(at - 1)) && !isNameUnit(text.charCodeAt(at + word.length))) return true
  }
  return false
}

function isNameUnit(unit: number): boolean {
  const letter = unit | 32
  return (
    (letter >= 97 && letter <= 122) || (unit >= 48 && unit <= 57) || unit === 95 || unit === 36 || unit > 127
  )
}
