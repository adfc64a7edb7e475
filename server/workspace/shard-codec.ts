import type { ImportFact } from "../syntax/symbols.ts"
import type { FileFacts } from "./file-facts.ts"

/** What a child process found at one path, before its words are ids of the shared interner. */
export interface FileReport {
  readonly path: string
  /**
   * `facts`: read; `unparsed`: read, but parsing was given up, so that its facts stay rough; `same`: its hash is the one
   * already known; `none`: nothing to index at this path (any more).
   */
  readonly outcome: ReportOutcome
  /** As in `FileFacts`; 0 where no file was read. */
  readonly mtimeMs: number
  /** Null for every outcome but `facts` and `unparsed`. */
  readonly facts: ReportedFacts | null
  /** Packed tokens, with `facts` or `same`; null if they were not asked for, empty if the file is not worth learning from. */
  readonly tokens: Int32Array | null
}

/** What reading one path gave; `folder`: the path is a folder now. */
const REPORT_OUTCOMES = ["facts", "unparsed", "same", "none", "folder"] as const

/** One of `REPORT_OUTCOMES`. */
type ReportOutcome = (typeof REPORT_OUTCOMES)[number]

/** What is known of a file, with ids of the child's dictionary. */
export interface ReportedFacts extends Omit<FileFacts, "path" | "mtimeMs" | "words"> {
  /** In no order; null if those known of this content stay. */
  readonly words: Int32Array | null
}

/** A batch of reports as it crosses between processes: one array and one string. */
export interface EncodedBatch {
  readonly ints: Int32Array
  readonly text: string
}

/**
 * A batch taken apart again. Its ids are of the dictionary that the child keeps over many batches; each batch brings the
 * words that are new to it.
 */
export interface ReportBatch {
  /** Which dictionary of the child: it begins another, with the next number, when one has become too large. */
  readonly dictionary: number
  /** Id of the first of `words`: how many the batches before brought. */
  readonly firstWord: number
  readonly words: readonly string[]
  readonly reports: readonly FileReport[]
}

/** Stands for null where a length is expected. */
const NOTHING = -1
/** A whole number that is too large for 32 bits is sent as a multiple of this and the rest. */
const LONG_LOW = 2 ** 31

/** The batch in two flat values, which cost little to copy. */
export function encodeBatch(batch: ReportBatch): EncodedBatch {
  const writer = new BatchWriter()
  writer.int(batch.dictionary)
  writer.int(batch.firstWord)
  writer.strings(batch.words)
  writer.int(batch.reports.length)
  for (const { path, outcome, mtimeMs, facts, tokens } of batch.reports) {
    writer.string(path)
    writer.int(REPORT_OUTCOMES.indexOf(outcome))
    writer.long(mtimeMs)
    writer.optionalInts(tokens)
    if (facts !== null) writeFacts(writer, facts)
  }
  return writer.finish()
}

/** What `encodeBatch` was given. The arrays share the memory of `encoded`. Throws RangeError if it is not such a batch. */
export function decodeBatch(encoded: EncodedBatch): ReportBatch {
  const reader = new BatchReader(encoded)
  const dictionary = reader.int()
  const firstWord = reader.int()
  const words = reader.strings()
  const reports: FileReport[] = []
  for (let left = reader.int(); left > 0; left--) {
    const path = reader.string()
    const outcome = REPORT_OUTCOMES[reader.int()]
    if (outcome === undefined) throw new RangeError("a batch of reports holds an unknown outcome")
    const mtimeMs = reader.long()
    const tokens = reader.optionalInts()
    const hasFacts = outcome === "facts" || outcome === "unparsed"
    reports.push({ path, outcome, mtimeMs, facts: hasFacts ? readFacts(reader) : null, tokens })
  }
  return { dictionary, firstWord, words, reports }
}

function writeFacts(writer: BatchWriter, facts: ReportedFacts): void {
  writer.optional(facts.language)
  writer.string(facts.hash)
  writer.int(facts.rough ? 1 : 0)
  writer.int(facts.bytes)
  writer.int(facts.lines)
  writer.ints(facts.symbols)
  writer.string(facts.signatures)
  writer.optionalInts(facts.words)
  writer.int(facts.imports.length)
  for (const fact of facts.imports) {
    writer.string(fact.source)
    writer.int(fact.start)
    writer.int(fact.end)
    writer.int(fact.reexport ? 1 : 0)
    writer.strings(fact.names.flatMap(({ name, as }) => [name, as]))
  }
}

function readFacts(reader: BatchReader): ReportedFacts {
  const language = reader.optional()
  const hash = reader.string()
  const rough = reader.int() === 1
  const bytes = reader.int()
  const lines = reader.int()
  const symbols = reader.ints()
  const signatures = reader.string()
  const words = reader.optionalInts()
  const imports: ImportFact[] = []
  for (let left = reader.int(); left > 0; left--) imports.push(readImport(reader))
  return { language, hash, rough, bytes, lines, symbols, signatures, imports, words }
}

function readImport(reader: BatchReader): ImportFact {
  const source = reader.string()
  const start = reader.int()
  const end = reader.int()
  const reexport = reader.int() === 1
  const flat = reader.strings()
  const names: { name: string; as: string }[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) names.push({ name: flat[i]!, as: flat[i + 1]! })
  return { source, names, start, end, reexport }
}

/** Appends integers, and strings as their lengths. */
export class BatchWriter {
  #ints = new Int32Array(4096)
  #length = 0
  readonly #texts: string[] = []

  int(value: number): void {
    this.#room(1)
    this.#ints[this.#length++] = value
  }

  /** A whole number of up to 53 bits that is not negative. */
  long(value: number): void {
    this.int(Math.floor(value / LONG_LOW))
    this.int((value % LONG_LOW) | 0)
  }

  ints(values: Int32Array): void {
    this.int(values.length)
    this.#room(values.length)
    this.#ints.set(values, this.#length)
    this.#length += values.length
  }

  optionalInts(values: Int32Array | null): void {
    if (values === null) this.int(NOTHING)
    else this.ints(values)
  }

  string(text: string): void {
    this.int(text.length)
    this.#texts.push(text)
  }

  optional(text: string | null): void {
    if (text === null) this.int(NOTHING)
    else this.string(text)
  }

  strings(texts: readonly string[]): void {
    this.int(texts.length)
    for (const text of texts) this.string(text)
  }

  finish(): EncodedBatch {
    return { ints: this.#ints.slice(0, this.#length), text: this.#texts.join("") }
  }

  #room(count: number): void {
    if (this.#length + count <= this.#ints.length) return
    const wider = new Int32Array(Math.max(this.#ints.length * 2, this.#length + count))
    wider.set(this.#ints)
    this.#ints = wider
  }
}

/** Reads what a `BatchWriter` wrote, in the same order. Each method throws RangeError where that was something else. */
export class BatchReader {
  readonly #ints: Int32Array
  readonly #text: string
  #at = 0
  #textAt = 0

  constructor({ ints, text }: EncodedBatch) {
    this.#ints = ints
    this.#text = text
  }

  int(): number {
    const value = this.#ints[this.#at++]
    if (value === undefined) throw new RangeError("a batch of reports ends early")
    return value
  }

  long(): number {
    const high = this.int()
    return high * LONG_LOW + this.int()
  }

  ints(): Int32Array {
    return this.#take(this.int())
  }

  optionalInts(): Int32Array | null {
    const length = this.int()
    return length === NOTHING ? null : this.#take(length)
  }

  string(): string {
    return this.#cut(this.int())
  }

  optional(): string | null {
    const length = this.int()
    return length === NOTHING ? null : this.#cut(length)
  }

  strings(): string[] {
    const texts: string[] = []
    for (let left = this.int(); left > 0; left--) texts.push(this.string())
    return texts
  }

  #take(length: number): Int32Array {
    const end = this.#at + length
    if (length < 0 || end > this.#ints.length) throw new RangeError("a batch of reports ends early")
    const values = this.#ints.subarray(this.#at, end)
    this.#at = end
    return values
  }

  #cut(length: number): string {
    const end = this.#textAt + length
    if (length < 0 || end > this.#text.length) throw new RangeError("a batch of reports ends early")
    const text = this.#text.slice(this.#textAt, end)
    this.#textAt = end
    return text
  }
}
