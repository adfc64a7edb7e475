import type { SyntaxFacts } from "../syntax/facts.ts"
import type { ImportFact } from "../syntax/symbols.ts"
import { BestOf } from "./best-of.ts"
import type { SymbolHit, SymbolIndex } from "./file-facts.ts"
import { fuzzyScore } from "./fuzzy-score.ts"
import { rowCount, type SymbolTable, symbolHit } from "./symbol-table.ts"

/** What is known of an open document. */
export interface OpenFacts {
  readonly text: string
  readonly facts: SyntaxFacts
}

interface Layer extends SymbolTable {
  readonly open: OpenFacts
}

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
    const { names, symbols, signatures } = open.facts
    this.#layers.set(path, {
      path,
      open,
      symbols,
      nameOf: column => names[column] ?? "",
      signatureOf: row => signatures[row] ?? "",
    })
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

  importsOf(path: string): readonly ImportFact[] {
    return this.#layers.get(path)?.open.facts.imports ?? this.#base.importsOf(path)
  }

  filesWith(word: string, limit: number): readonly string[] {
    const own = [...this.#layers.values()].filter(({ open }) => holdsWord(open.text, word))
    const most = limit + this.#layers.size
    const below = this.#base.filesWith(word, most).filter(path => !this.#layers.has(path))
    return [...own.map(({ path }) => path), ...below].slice(0, Math.max(0, limit))
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
