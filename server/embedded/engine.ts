import { dirname } from "node:path"
import type { Interner } from "../base/interner.ts"
import type { Log } from "../base/log.ts"
import { PACK_KIND, PACK_SHIFT } from "../syntax/token-pack.ts"
import type { Lexicon } from "../syntax/tokens.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import type { FileTokens, SymbolIndex } from "../workspace/file-facts.ts"
import { composeAnswer } from "./answer.ts"
import { type CandidateDescriber, TokenClasses } from "./candidate-features.ts"
import type { CursorContext } from "./cursor-context.ts"
import { type CursorPlace, cursorAt } from "./cursor-place.ts"
import { type DecodedLine, decodeLine } from "./decode.ts"
import { OpenDocument } from "./open-document.ts"
import { type Candidate, VotePredictor } from "./prediction.ts"
import { ProjectTokens } from "./project-tokens.ts"
import type { Sorter } from "./sorter.ts"
import type { EmbeddedAnswer, EmbeddedQuery } from "./suggestion.ts"
import type { Votes, VoteView } from "./votes.ts"
import weights from "./weights.json" with { type: "json" }
import { type RankedWord, type WordQuery, WordRanking } from "./word-ranking.ts"
import { IdsByInitial, projectWords } from "./words.ts"

/** What an engine is built on. */
export interface EngineOptions {
  /** Shared with whoever makes `FileTokens`. */
  readonly interner: Interner
  /** The lexicon of a language by its manifest name; null asks for that of plain text. */
  readonly lexiconOf: (language: string | null) => Lexicon
  readonly sorter: Sorter
  /** Names the project declares, or null to do without. */
  readonly symbols: Pick<SymbolIndex, "prefix"> | null
  readonly log: Log
  /** Most milliseconds spent on decoding one answer's lines (6 if left out); Infinity makes answers repeatable. */
  readonly budgetMs?: number
  /** Weighs the votes; one with the shipped constants unless training brings its own. */
  readonly predictor?: VotePredictor
}

/** A token that may come next, with its probability (0 to 1). */
interface NextToken {
  readonly text: string
  /** One of `TokenKind`. */
  readonly kind: number
  readonly probability: number
}

/** How `decode` reads the cursor. */
interface DecodeOptions {
  /** UTF-16 units before the offset that are the start of the token to complete; 0 (default) if a new token begins. */
  readonly typed?: number
  /** Stops once the product of probabilities falls below this; default 0. */
  readonly floor?: number
}

/** What the engine holds. */
interface EngineStats {
  readonly files: number
  /** Tokens in all segments, replaced ones included until the next merge. */
  readonly tokens: number
  readonly segments: number
  /** Bytes of memory, with those that are still to be sorted, about. */
  readonly bytes: number
}

/** What the constants are learned from. */
export interface Study {
  readonly votes: Votes
  /** Ready to describe the tokens that were voted for. */
  readonly describer: CandidateDescriber
  /** The string of a packed token. */
  readonly textOf: (token: number) => string
}

/** Documents kept ready between queries; the longest unused one is dropped first. */
const MOST_DOCUMENTS = 64
/** With fewer words from votes and document, the whole project's are looked through. */
const FEW_WORDS = 24
/** Bytes per token of a block: the token and two orders. */
const BYTES_PER_TOKEN = 12
/** Time for the lines of one answer, in milliseconds. */
const ANSWER_BUDGET_MS = 6

/**
 * A language model of one project that learns by remembering: no weights but a small table of constants. Everything is
 * answered on the calling thread within a few milliseconds; sorting is the sorter's.
 */
export class EmbeddedEngine {
  readonly #options: EngineOptions
  readonly #project: ProjectTokens
  readonly #classes: TokenClasses
  readonly #documents = new Map<string, OpenDocument>()
  readonly #predictor: VotePredictor
  readonly #byInitial = new IdsByInitial()
  readonly #ranking = new WordRanking(weights.word)
  #disposed = false

  constructor(options: EngineOptions) {
    this.#options = options
    const classes = new TokenClasses(options.interner)
    this.#classes = classes
    const isDot = (id: number): boolean => id === classes.dot || id === classes.questionDot
    this.#project = new ProjectTokens(options.sorter, isDot, error =>
      this.#couldNotSort("files of the project", error),
    )
    this.#predictor = options.predictor ?? new VotePredictor(weights)
  }

  /** Takes whole files in, or out where their tokens are null. Never waits; they vote as soon as they are sorted. */
  replaceFiles(batch: readonly FileTokens[]): void {
    this.#project.replace(batch)
  }

  /** The rest of the line and words for the cursor. Never throws, bounded in time. */
  answer(query: EmbeddedQuery): EmbeddedAnswer {
    const end = performance.now() + (this.#options.budgetMs ?? ANSWER_BUDGET_MS)
    const document = this.#open(query.document)
    return composeAnswer(query, document, {
      predictorAt: place => this.#predictorAt(document, query.document, place),
      rank: (place, typed, voted) => this.#rank(document, place, typed, voted),
      late: () => performance.now() > end,
    })
  }

  /** What may begin at `offset`, best first, taking all tokens that end at or before it as complete. */
  next(snapshot: DocumentSnapshot, offset: number): readonly NextToken[] {
    const document = this.#open(snapshot)
    const place = cursorAt(document, offset, 0)
    const candidates = this.#predictorAt(document, snapshot, place)(place.context)
    return candidates.map(({ token, probability }) => ({
      text: document.textOf(token >> PACK_SHIFT),
      kind: token & PACK_KIND,
      probability,
    }))
  }

  /** The rest of the line from `offset`, greedily, to the line break or the limits of `options`. */
  decode(snapshot: DocumentSnapshot, offset: number, options: DecodeOptions = {}): DecodedLine {
    const document = this.#open(snapshot)
    const typed = options.typed ?? 0
    const place = cursorAt(document, offset, typed)
    const predict = this.#predictorAt(document, snapshot, place)
    const first = typed === 0 ? null : this.#rank(document, place, place.typed, predict(place.context))[0]
    if (first === undefined) return { text: "", probabilities: [], ends: [], confidence: 0, closed: false }
    const line = decodeLine(place.context, {
      predict,
      textOf: id => document.textOf(id),
      first,
      apart: typed > 0 || place.apart,
      standing: place.standing,
      floor: options.floor ?? 0,
      late: () => false,
    })
    return { ...line, text: line.text.slice(typed), ends: line.ends.map(end => end - typed) }
  }

  /** The votes behind `next`, for learning the constants; valid until the next call of any method. */
  study(snapshot: DocumentSnapshot, offset: number): Study {
    const document = this.#open(snapshot)
    const place = cursorAt(document, offset, 0)
    this.#predictorAt(document, snapshot, place)(place.context)
    const { votes, describer } = this.#predictor
    return { votes, describer, textOf: token => document.textOf(token >> PACK_SHIFT) }
  }

  /** The same for `typed` units of a word that stand before `offset`: what could be meant, and how it is described. */
  studyWord(
    snapshot: DocumentSnapshot,
    offset: number,
    typed: number,
  ): Study & { readonly query: WordQuery } {
    const document = this.#open(snapshot)
    const place = cursorAt(document, offset, typed)
    const voted = this.#predictorAt(document, snapshot, place)(place.context)
    const { votes, describer } = this.#predictor
    const query = this.#wordQuery(document, place, place.typed, voted)
    return { votes, describer, textOf: token => document.textOf(token >> PACK_SHIFT), query }
  }

  /** Forgets what was kept for a document. */
  close(uri: string): void {
    this.#documents.delete(uri)
  }

  /** Resolves when every file taken in votes and no document is being sorted. */
  async settled(): Promise<void> {
    await this.#project.settled()
    for (const document of this.#documents.values()) await document.blocks.settled()
  }

  /** What is held now. */
  stats(): EngineStats {
    const tokens = this.#project.tokenCount
    return {
      files: this.#project.fileCount,
      tokens,
      segments: this.#project.segments.length,
      bytes: (tokens + this.#project.pendingTokens) * BYTES_PER_TOKEN + this.#project.words.memoryBytes,
    }
  }

  /** Forgets everything. */
  async dispose(): Promise<void> {
    this.#disposed = true
    this.#project.dispose()
    this.#documents.clear()
    await this.#options.sorter.dispose()
  }

  #open(snapshot: DocumentSnapshot): OpenDocument {
    const known = this.#documents.get(snapshot.uri)
    if (known !== undefined) {
      this.#documents.delete(snapshot.uri)
      this.#documents.set(snapshot.uri, known)
      known.read(snapshot)
      return known
    }
    const { interner, lexiconOf, sorter } = this.#options
    const opened = new OpenDocument(snapshot.text, interner, lexiconOf(snapshot.language), sorter, error =>
      this.#couldNotSort("a document", error),
    )
    this.#documents.set(snapshot.uri, opened)
    if (this.#documents.size > MOST_DOCUMENTS) {
      const oldest = this.#documents.keys().next()
      if (!oldest.done) this.#documents.delete(oldest.value)
    }
    return opened
  }

  #couldNotSort(what: string, error: unknown): void {
    if (!this.#disposed) this.#options.log.warn(`${what} could not be sorted: ${String(error)}`)
  }

  #predictorAt(
    document: OpenDocument,
    snapshot: DocumentSnapshot,
    place: CursorPlace,
  ): (context: CursorContext) => readonly Candidate[] {
    const view = this.#view(document, snapshot, place)
    return context => this.#predictor.predict(context, view)
  }

  #view(document: OpenDocument, { path }: DocumentSnapshot, place: CursorPlace): VoteView {
    const directory = path === null ? null : dirname(path)
    return {
      document: document.blocks.blocks(place.token),
      segments: this.#project.segments,
      inDocument: code => document.uses.has(code),
      mayVote: file => file.path !== path,
      isNear: file => file.directory === directory,
      kinship: document.kinship.measure(document.uses, this.#project),
      world: {
        classes: this.#classes,
        uses: document.uses,
        textOf: id => document.textOf(id),
        counts: this.#project.words,
        imported: document.imported(),
        ahead: place.ahead,
      },
    }
  }

  #rank(
    document: OpenDocument,
    place: CursorPlace,
    typed: string,
    voted: readonly Candidate[],
  ): readonly RankedWord[] {
    return this.#ranking.rank(this.#wordQuery(document, place, typed, voted), this.#predictor.describer)
  }

  #wordQuery(
    document: OpenDocument,
    place: CursorPlace,
    typed: string,
    voted: readonly Candidate[],
  ): WordQuery {
    const sources = {
      symbols: this.#options.symbols,
      counts: this.#project.words,
      textOf: (id: number) => this.#options.interner.text(id),
      byInitial: this.#byInitial,
    }
    const others = (): ReturnType<typeof projectWords> => projectWords(typed, FEW_WORDS, sources)
    return { document, typed, token: place.token, voted, others, few: FEW_WORDS }
  }
}
