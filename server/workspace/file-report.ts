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
import { type ReadTask, Wants } from "./parse-messages.ts"
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

/** Words after which another dictionary is begun: one that grew for ever would fill the memory. */
const MAX_WORDS = 1 << 18

/** The text of a file and what is known of it beforehand. */
interface Content {
  readonly text: string
  readonly hash: string
  readonly bytes: number
  readonly mtimeMs: number
  readonly language: LanguageManifest | null
  readonly lines: LineIndex
}

/** Reads files and reports on them, batch by batch. */
export class FileReporter {
  readonly #languages: Languages
  readonly #parsers: Parsers
  readonly #warn: (message: string) => void
  readonly #byLanguage = new Map<string, Parser | null>()
  #words = new Interner()
  #dictionary = 0
  #sentWords = 0
  #reports: FileReport[] = []

  /** `warn` is told of each file that can't be read. */
  constructor(languages: Languages, parsers: Parsers, warn: (message: string) => void) {
    this.#languages = languages
    this.#parsers = parsers
    this.#warn = warn
  }

  /** Reads one file into the present batch; gives the bytes read. Native memory is freed only when the event loop turns. */
  add(task: ReadTask): number {
    const { path } = task
    const language = this.#languages.byPath(path)
    const source = readSource(path, language === null ? MAX_PLAIN_BYTES : MAX_BYTES)
    if (source.kind === "skip") {
      if (source.reason === "unreadable") this.#warn(`can't read ${path}: ${source.detail}`)
      const outcome = source.reason === "folder" ? "folder" : "none"
      this.#reports.push({ path, outcome, mtimeMs: 0, facts: null, tokens: null })
      return 0
    }
    const lines = LineIndex.of(source.text)
    if (isPacked(source.text, lines)) {
      this.#reports.push({ path, outcome: "none", mtimeMs: 0, facts: null, tokens: null })
    } else {
      const content = { ...source, language, lines }
      this.#report(path, content, partsOf(source.hash, task))
    }
    return source.bytes
  }

  /** The reports since the last call. */
  finish(): ReportBatch {
    const { size } = this.#words
    const firstWord = this.#sentWords
    const words = Array.from({ length: size - firstWord }, (_, at) => this.#words.text(firstWord + at))
    const batch = { dictionary: this.#dictionary, firstWord, words, reports: this.#reports }
    this.#reports = []
    this.#sentWords = size
    if (size > MAX_WORDS) {
      this.#words = new Interner()
      this.#dictionary++
      this.#sentWords = 0
    }
    return batch
  }

  #report(path: string, content: Content, parts: number): void {
    const { text, language, mtimeMs } = content
    const lexicon = language?.lexicon ?? plainLexicon
    const tokens = packTokens(text, lex(text, lexicon), word => this.#words.intern(word))
    const facts = parts & (Wants.words | Wants.facts) ? this.#factsOf(content, tokens, parts) : null
    const outcome = facts === null ? "same" : "facts"
    const learnt = GENERATED.test(text.slice(0, HEAD_LENGTH)) ? new Int32Array() : tokens
    this.#reports.push({ path, outcome, mtimeMs, facts, tokens: parts & Wants.tokens ? learnt : null })
  }

  #factsOf(content: Content, tokens: Int32Array, parts: number): ReportedFacts {
    const { text, hash, bytes, language, lines } = content
    const rough = (parts & Wants.facts) === 0
    const { names, symbols, signatures, imports } = rough ? NO_FACTS : this.#parse(text, language, lines)
    for (let at = SymbolColumn.name; at < symbols.length; at += SYMBOL_STRIDE) {
      symbols[at] = this.#words.intern(names[symbols[at]!]!)
    }
    return {
      language: language?.name ?? null,
      hash,
      rough,
      bytes,
      lines: lines.count,
      symbols,
      signatures: signatures.join("\n"),
      imports,
      words: parts & Wants.words ? identifiersIn(tokens, this.#words.size) : null,
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

/** What is to be found out of a content, as bits of `Wants`. */
function partsOf(found: string, { hash, wants, anew }: ReadTask): number {
  return found === hash ? wants : anew | Wants.words
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
