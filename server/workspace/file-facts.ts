import type { ImportFact, SymbolKind } from "../syntax/symbols.ts"

/** Everything known of one file; replaced whole, never added to. */
export interface FileFacts {
  /** Absolute path. */
  readonly path: string
  /** Manifest name of the language, or null for plain text. */
  readonly language: string | null
  /** SHA-1 of the bytes, hex. */
  readonly hash: string
  /**
   * When the file was last changed, as its file system has it: whole ms since 1970; 0 if that was too shortly before it was
   * read to tell a later change by it.
   */
  readonly mtimeMs: number
  /** True until the file was parsed: symbols were found by their keywords alone, and imports are not known. */
  readonly rough: boolean
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

/** Which content of a file its facts are of. */
export type FileContent = Pick<FileFacts, "path" | "language" | "hash" | "mtimeMs" | "rough" | "bytes">

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

/** A file with how much it has in common with some words. */
export interface LikeFile {
  readonly path: string
  readonly score: number
}

/** The one way to ask for symbols: all shards, open documents laid over the disk. */
export interface SymbolIndex {
  /** Declarations of a name, exported ones first. */
  exact(name: string, limit: number): readonly SymbolHit[]
  /** All declarations of a name, by path and place; null if there are more than `most`, which costs next to nothing. */
  rare(name: string, most: number): readonly SymbolHit[] | null
  /** The best declaration of each name that starts with `prefix` as it is written, in order of the names. */
  prefix(prefix: string, limit: number): readonly SymbolHit[]
  /** The best declaration of each name that holds `pattern` as a subsequence in any case, best match first. */
  fuzzy(pattern: string, limit: number): readonly SymbolHit[]
  /** Whether anything is known of a file. */
  has(path: string): boolean
  /** The symbols of a file in document order. */
  inFile(path: string): readonly SymbolHit[]
  /** The declarations of a name in one file, in document order. */
  declaredIn(path: string, name: string): readonly SymbolHit[]
  importsOf(path: string): readonly ImportFact[]
  /** Paths of all files, in no order. Whoever goes through them between turns of the event loop may miss changes. */
  paths(): Iterable<string>
  /** The hash of a file's bytes as it was last read, or null. */
  hashOf(path: string): string | null
  /** Lines of a file; 0 if nothing is known of it. */
  linesOf(path: string): number
  /** Whether all that is known of a file was found without parsing it. */
  isRough(path: string): boolean
  /** Whether a word stands in a file. */
  holds(path: string, word: string): boolean
  /** Paths of the files in which a word stands, at most `limit`: the first by path, of a word in thousands of files the first of some. */
  filesWith(word: string, limit: number): readonly string[]
  /** The number of files in which a word stands. */
  filesWithCount(word: string): number
  /**
   * At most `limit` files that share words with these, those first that share most: the score is the sum over the distinct
   * words shared of log2(1 + files / files with the word). Ties go by path; `besides` is left out. Of many words the rarest
   * count alone, so that it costs well below a ms.
   */
  filesLike(words: readonly string[], limit: number, besides?: string): readonly LikeFile[]
  /** The same with weights of one's own; the score of a file is the sum of the weights of the words that stand in it. */
  filesSharing(weights: ReadonlyMap<string, number>, limit: number, besides?: string): readonly LikeFile[]
  readonly fileCount: number
  readonly symbolCount: number
}
