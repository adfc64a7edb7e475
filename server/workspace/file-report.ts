import { LineIndex } from "../base/line-index.ts"
import { extractFacts } from "../syntax/facts.ts"
import type { Languages } from "../syntax/languages.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import { MAX_PARSED_LENGTH, type Parser, type Parsers } from "../syntax/parser.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"
import { Dictionary, type LanguageText } from "./dictionary.ts"
import { withGapsFilled } from "./fill-gaps.ts"
import { type ReadTask, Wants } from "./parse-messages.ts"
import { ReadRoom, readSource } from "./read-source.ts"
import type { FileReport, ReportBatch, ReportedFacts } from "./shard-codec.ts"
import { firstDeclarations } from "./symbol-limit.ts"

/** The largest file that is read, bytes; one in a language that declares nothing, or in none, is more likely data than source. */
const MAX_BYTES = 4 << 20
const MAX_DATA_BYTES = 2 << 20
const MAX_PLAIN_BYTES = 256 << 10
/** The largest that is learnt from, bytes. */
const MAX_LEARNT_BYTES = 2 << 20
/** Declarations of one file that are told, the first ones: about 4 MB of memory, and some 5 ms to take them in. */
const MAX_SYMBOLS = 20_000
/** Milliseconds that one file may be parsed. */
const PARSE_BUDGET_MS = 2000
/** A text with a line this long, and lines this long on average, is packed by a tool: UTF-16 code units. */
const PACKED_LINE = 20_000
const PACKED_MEAN = 200
/** What a tool writes into the head of a file it makes, and where that is looked for, UTF-16 code units. */
const GENERATED = /@generated\b|\bDO NOT EDIT\b/
const HEAD_LENGTH = 1000

/** The text of a file and what is known of it beforehand. */
interface Content extends LanguageText {
  readonly hash: string
  readonly bytes: number
  readonly mtimeMs: number
}

/** What parsing finds. */
type ParsedFacts = Pick<ReportedFacts, "symbols" | "signatures" | "imports">

/** Reads files and reports on them, batch by batch. */
export class FileReporter {
  readonly #languages: Languages
  readonly #parsers: Parsers
  readonly #warn: (message: string) => void
  readonly #byLanguage = new Map<string, Parser | null>()
  readonly #room = new ReadRoom()
  #dictionary = new Dictionary()
  /** How many dictionaries there were before. */
  #dictionaries = 0
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
    const source = readSource(path, mostBytes(language), this.#room)
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
    const batch = { dictionary: this.#dictionaries, ...this.#dictionary.takeNew(), reports: this.#reports }
    this.#reports = []
    if (this.#dictionary.isFull) {
      this.#dictionary = new Dictionary()
      this.#dictionaries++
    }
    return batch
  }

  #report(path: string, content: Content, parts: number): void {
    const { mtimeMs } = content
    const facts = parts & (Wants.words | Wants.facts) ? this.#factsOf(content, parts) : null
    const isUnparsed = facts?.rough === true && (parts & Wants.facts) !== 0
    const outcome = facts === null ? "same" : isUnparsed ? "unparsed" : "facts"
    this.#reports.push({
      path,
      outcome,
      mtimeMs,
      facts,
      tokens: parts & Wants.tokens ? this.#tokensOf(content) : null,
    })
  }

  #tokensOf(content: Content): Int32Array {
    const { text, bytes } = content
    const isUseless = bytes > MAX_LEARNT_BYTES || GENERATED.test(text.slice(0, HEAD_LENGTH))
    return isUseless ? new Int32Array() : this.#dictionary.pack(content)
  }

  #factsOf(content: Content, parts: number): ReportedFacts {
    const { hash, bytes, language, lines } = content
    const parser = parts & Wants.facts ? this.#parserFor(content) : null
    const parsed = parser && this.#parse(content, parser)
    // Where nothing can ever be parsed, rough facts are the best there are; on a less busy day parsing may take less time.
    const rough = parsed === null && (parser !== null || (parts & Wants.facts) === 0)
    const scanned = parsed === null || parts & Wants.words ? this.#dictionary.scan(content) : null
    const { symbols, signatures } = firstDeclarations((parsed ?? scanned)!, MAX_SYMBOLS)
    const words = parts & Wants.words ? scanned!.words : null
    const imports = parsed?.imports ?? []
    return {
      language: language?.name ?? null,
      hash,
      rough,
      bytes,
      lines: lines.count,
      symbols,
      signatures,
      imports,
      words,
    }
  }

  /** What parsing finds, its names as ids of the dictionary; null if it takes too long. */
  #parse(content: Content, parser: Parser): ParsedFacts | null {
    const { text, lines } = content
    const tree = parser.parse(text, null, PARSE_BUDGET_MS)
    if (tree === null) return null
    try {
      const { names, symbols, signatures, imports } = extractFacts(text, tree, lines)
      for (let at = SymbolColumn.name; at < symbols.length; at += SYMBOL_STRIDE) {
        symbols[at] = this.#dictionary.idOf(names[symbols[at]!]!)
      }
      const parsed = { symbols, signatures: signatures.join("\n") }
      return {
        ...(tree.hasErrors ? withGapsFilled(parsed, this.#dictionary.scan(content)) : parsed),
        imports,
      }
    } finally {
      tree.release()
    }
  }

  /** Null if the text can't be parsed. */
  #parserFor({ text, language }: Content): Parser | null {
    if (language === null || text.length > MAX_PARSED_LENGTH) return null
    let parser = this.#byLanguage.get(language.name)
    if (parser === undefined) {
      parser = this.#parsers.parserFor(language)
      this.#byLanguage.set(language.name, parser)
    }
    return parser
  }
}

function mostBytes(language: LanguageManifest | null): number {
  if (language === null) return MAX_PLAIN_BYTES
  return language.rough.kinds.size === 0 ? MAX_DATA_BYTES : MAX_BYTES
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
