import { Interner } from "../base/interner.ts"
import { LineIndex } from "../base/line-index.ts"
import { extractFacts, type SyntaxFacts } from "../syntax/facts.ts"
import type { Languages } from "../syntax/languages.ts"
import { lex, plainLexicon } from "../syntax/lexer.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import { MAX_PARSED_LENGTH, type Parser, type Parsers } from "../syntax/parser.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"
import { PACK_KIND, PACK_SHIFT, packTokens } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import type { ReadTask } from "./parse-messages.ts"
import { readSource } from "./read-source.ts"
import type { FileReport, ReportBatch, ReportedFacts } from "./shard-codec.ts"

/** The largest file that is read, bytes; one in no known language is more likely data than source. */
const MAX_BYTES = 2 << 20
const MAX_PLAIN_BYTES = 256 << 10
/** Milliseconds that one file may be parsed. */
const PARSE_BUDGET_MS = 2000
/** A text with a line this long, and lines this long on average, is packed by a tool: UTF-16 code units. */
const PACKED_LINE = 20_000
const PACKED_MEAN = 200
/** What a tool writes into the head of a file it makes, and where that is looked for, UTF-16 code units. */
const GENERATED = /@generated\b|\bDO NOT EDIT\b/
const HEAD_LENGTH = 1000

const NO_FACTS: SyntaxFacts = { names: [], symbols: new Int32Array(), signatures: [], imports: [] }

/** Reads files and reports on them, batch by batch. */
export class FileReporter {
  readonly #languages: Languages
  readonly #parsers: Parsers
  readonly #warn: (message: string) => void
  readonly #byLanguage = new Map<string, Parser | null>()
  #words = new Interner()
  #reports: FileReport[] = []

  /** `warn` is told of each file that can't be read. */
  constructor(languages: Languages, parsers: Parsers, warn: (message: string) => void) {
    this.#languages = languages
    this.#parsers = parsers
    this.#warn = warn
  }

  /** Reads one file into the present batch; gives the bytes read. Native memory is freed only when the event loop turns. */
  add({ path, hash }: ReadTask): number {
    const language = this.#languages.byPath(path)
    const source = readSource(path, language === null ? MAX_PLAIN_BYTES : MAX_BYTES)
    if (source.kind === "skip") {
      if (source.reason === "unreadable") this.#warn(`can't read ${path}: ${source.detail}`)
      this.#put(path, source.reason === "folder" ? "folder" : "none", null)
      return 0
    }
    if (source.hash === hash) this.#put(path, "same", null)
    else {
      const facts = this.#factsOf(source.text, language, source.hash, source.bytes)
      this.#put(path, facts === null ? "none" : "facts", facts)
    }
    return source.bytes
  }

  /** The reports since the last call. */
  finish(): ReportBatch {
    const { size } = this.#words
    const words = Array.from({ length: size }, (_, id) => this.#words.text(id))
    const batch = { words, reports: this.#reports }
    this.#words = new Interner()
    this.#reports = []
    return batch
  }

  #put(path: string, outcome: FileReport["outcome"], facts: ReportedFacts | null): void {
    this.#reports.push({ path, outcome, facts })
  }

  /** Null for a text that is packed. */
  #factsOf(
    text: string,
    language: LanguageManifest | null,
    hash: string,
    bytes: number,
  ): ReportedFacts | null {
    const lines = LineIndex.of(text)
    if (isPacked(text, lines)) return null
    const intern = (word: string): number => this.#words.intern(word)
    const lexicon = language?.lexicon ?? plainLexicon
    const tokens = packTokens(text, lex(text, lexicon), intern)
    const { names, symbols, signatures, imports } = this.#parse(text, language, lines)
    for (let at = SymbolColumn.name; at < symbols.length; at += SYMBOL_STRIDE) {
      symbols[at] = intern(names[symbols[at]!]!)
    }
    return {
      language: language?.name ?? null,
      hash,
      bytes,
      lines: lines.count,
      symbols,
      signatures: signatures.join("\n"),
      imports,
      words: identifiersIn(tokens, this.#words.size),
      tokens: GENERATED.test(text.slice(0, HEAD_LENGTH)) ? null : tokens,
    }
  }

  #parse(text: string, language: LanguageManifest | null, lines: LineIndex): SyntaxFacts {
    const parser = language && text.length <= MAX_PARSED_LENGTH ? this.#parserFor(language) : null
    const tree = parser?.parse(text, null, PARSE_BUDGET_MS) ?? null
    if (tree === null) return NO_FACTS
    try {
      return extractFacts(text, tree, lines)
    } finally {
      tree.release()
    }
  }

  #parserFor(language: LanguageManifest): Parser | null {
    let parser = this.#byLanguage.get(language.name)
    if (parser === undefined) {
      parser = this.#parsers.parserFor(language)
      this.#byLanguage.set(language.name, parser)
    }
    return parser
  }
}

/** Whether a text was packed into long lines by a tool. */
function isPacked(text: string, lines: LineIndex): boolean {
  if (text.length <= Math.max(PACKED_LINE, PACKED_MEAN * lines.count)) return false
  for (let line = 0; line < lines.count; line++) {
    if (lines.startOf(line + 1) - lines.startOf(line) > PACKED_LINE) return true
  }
  return false
}

/** Distinct ids of the identifiers among packed tokens; ids are below `size`. */
function identifiersIn(tokens: Int32Array, size: number): Int32Array {
  const seen = new Uint8Array(size)
  const found: number[] = []
  for (const token of tokens) {
    const id = token >> PACK_SHIFT
    if ((token & PACK_KIND) !== TokenKind.identifier || seen[id] === 1) continue
    seen[id] = 1
    found.push(id)
  }
  return Int32Array.from(found)
}
