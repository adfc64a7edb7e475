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

/** Columns of one symbol row in a table of symbols; offsets are UTF-16 code units in the file's text. */
export const SymbolColumn = {
  /** Where the name is: an index into the names beside the table, or its id in the shared interner once in a shard. */
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
  /**
   * The module specifier without quotes, e.g. `./shape` or `os.path`; empty with `reexport` for what the file passes on of
   * itself under other names, `default` among them.
   */
  readonly source: string
  /** Names brought in: `name` as exported there, `as` as it is called here; `*` for everything. */
  readonly names: readonly { readonly name: string; readonly as: string }[]
  readonly start: number
  readonly end: number
  /** True for `export … from`, and for exports of the file's own under other names. */
  readonly reexport: boolean
}
