/** What a symbol is; the order is part of the shard format, so add at the end only. */
export const SYMBOL_KINDS = [
  "file",
  "module",
  "namespace",
  "class",
  "interface",
  "enum",
  "struct",
  "trait",
  "type",
  "function",
  "method",
  "constructor",
  "property",
  "field",
  "variable",
  "constant",
  "enum-member",
  "parameter",
  "macro",
  "key",
  "selector",
] as const

/** One of `SYMBOL_KINDS`. */
export type SymbolKind = (typeof SYMBOL_KINDS)[number]

/** Columns of one symbol row in `FileFacts.symbols`; offsets are UTF-16 code units in the file's text. */
export const SymbolColumn = {
  /** Id of the name in the shared interner. */
  name: 0,
  /** Index into `SYMBOL_KINDS`. */
  kind: 1,
  start: 2,
  end: 3,
  nameStart: 4,
  /** Row of the enclosing symbol in the same file, or -1. */
  container: 5,
  /** 1 if other files can use it. */
  exported: 6,
  /** Zero-based line of the name. */
  line: 7,
} as const

/** Integers per symbol row. */
export const SYMBOL_STRIDE = 8

/** One import or re-export of a file, as it is written. */
export interface ImportFact {
  /** The module specifier without quotes, e.g. `./shape` or `os.path`. */
  readonly source: string
  /** Names brought in: `name` as exported there, `as` as it is called here; `*` for everything. */
  readonly names: readonly { readonly name: string; readonly as: string }[]
  readonly start: number
  readonly end: number
  /** True for `export … from`. */
  readonly reexport: boolean
}

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
  /** Rows of `SYMBOL_STRIDE` integers in document order. */
  readonly symbols: Int32Array
  /** One-line signature of each symbol row. */
  readonly signatures: readonly string[]
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
  exact(name: string, limit: number): readonly SymbolHit[]
  prefix(prefix: string, limit: number): readonly SymbolHit[]
  /** Subsequence match, best first. */
  fuzzy(pattern: string, limit: number): readonly SymbolHit[]
  inFile(path: string): readonly SymbolHit[]
  importsOf(path: string): readonly ImportFact[]
  /** Paths of the files in which a word stands, at most `limit`. */
  filesWith(word: string, limit: number): readonly string[]
  readonly fileCount: number
  readonly symbolCount: number
}
