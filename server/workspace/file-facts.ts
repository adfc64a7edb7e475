import type { ImportFact, SymbolKind } from "../syntax/symbols.ts"

/** Everything known of one file; replaced whole, never added to. */
export interface FileFacts {
  /** Absolute path. */
  readonly path: string
  /** Manifest name of the language, or null for plain text. */
  readonly language: string | null
  /** SHA-1 of the bytes, hex. */
  readonly hash: string
  readonly bytes: number
  readonly lines: number
  /** Rows of `SYMBOL_STRIDE` integers in document order; the name column holds interned ids. */
  readonly symbols: Int32Array
  /** The signature of each symbol row, one line each, joined by "\n". */
  readonly signatures: string
  readonly imports: readonly ImportFact[]
  /** Distinct interned ids of the identifiers in the file, ascending. */
  readonly words: Int32Array
}

/** The token stream of one file: each entry is `id << 4 | spaceBefore << 3 | TokenKind`, with ids of the shared interner. */
export interface FileTokens {
  readonly path: string
  /** Null when the file is gone. */
  readonly tokens: Int32Array | null
}

/** A symbol as a query gives it. */
export interface SymbolHit {
  readonly name: string
  readonly kind: SymbolKind
  readonly path: string
  readonly start: number
  readonly end: number
  readonly nameStart: number
  readonly line: number
  readonly container: string | null
  readonly signature: string
  readonly exported: boolean
}

/** The one way to ask for symbols: all shards, open documents laid over the disk. */
export interface SymbolIndex {
  /** Declarations of a name, exported ones first. */
  exact(name: string, limit: number): readonly SymbolHit[]
  /** The best declaration of each name that starts with `prefix` as it is written, in order of the names. */
  prefix(prefix: string, limit: number): readonly SymbolHit[]
  /** The best declaration of each name that holds `pattern` as a subsequence in any case, best match first. */
  fuzzy(pattern: string, limit: number): readonly SymbolHit[]
  /** Whether anything is known of a file. */
  has(path: string): boolean
  /** The symbols of a file in document order. */
  inFile(path: string): readonly SymbolHit[]
  importsOf(path: string): readonly ImportFact[]
  /** Paths of the files in which a word stands, at most `limit`. */
  filesWith(word: string, limit: number): readonly string[]
  readonly fileCount: number
  readonly symbolCount: number
}
