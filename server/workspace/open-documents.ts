import type { TextChange } from "../base/text-change.ts"
import { DocumentTree } from "../syntax/document-tree.ts"
import type { Languages } from "../syntax/languages.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import type { Parser, Parsers, SyntaxTree } from "../syntax/parser.ts"
import { Trial } from "../syntax/trial.ts"
import { type DocumentSnapshot, editedSnapshot, openSnapshot } from "./document.ts"
import type { SymbolIndex } from "./file-facts.ts"
import { pathOfUri } from "./file-uri.ts"
import { OverlayIndex } from "./overlay-index.ts"

/** What the open documents of one client are laid over and read with. */
export interface OpenDocumentsOptions {
  readonly base: SymbolIndex
  readonly languages: Languages
  /** Loaded packages are kept, so one for all clients will do. */
  readonly parsers: Parsers
}

/** Most ms that a keystroke waits for its syntax. */
const TRIAL_MS = 3

interface OpenDocument {
  snapshot: DocumentSnapshot
  readonly language: LanguageManifest | null
  /** Null until the document is first parsed, and if its language has no parser. */
  tree: DocumentTree | null
}

/**
 * The open documents of one client, as they are now.
 * Invariant: `open`, `change` and `close` only note the text. Parsing follows in turns of the event loop of its own, a few
 * ms each. The first one after an edit gives at least provisional facts; until then, and all through the first parse, the
 * index tells what was last known, so its offsets can be an edit behind.
 */
export class OpenDocuments {
  readonly #options: OpenDocumentsOptions
  readonly #overlay: OverlayIndex
  readonly #documents = new Map<string, OpenDocument>()
  /** The parser that trials of a language use, one after the other, by the language's name. */
  readonly #trialParsers = new Map<string, Parser | null>()
  /** URIs of documents whose facts are behind their text. */
  readonly #behind = new Set<string>()
  #turn: NodeJS.Immediate | null = null
  #waiters: (() => void)[] = []

  constructor(options: OpenDocumentsOptions) {
    this.#options = options
    this.#overlay = new OverlayIndex(options.base)
  }

  /** The index with these documents laid over the files on disk. */
  get index(): SymbolIndex {
    return this.#overlay
  }

  /** Opens a document, or opens it anew with another text. An empty or unknown `languageId` leaves it to the path. */
  open(uri: string, languageId: string, version: number, text: string): void {
    this.close(uri)
    const { languages } = this.#options
    const path = pathOfUri(uri)
    const language = languages.byLanguageId(languageId) ?? languages.byPath(path ?? uri)
    const snapshot = openSnapshot({ uri, path, language: language?.name ?? null, version, text })
    this.#documents.set(uri, { snapshot, language, tree: null })
    this.#fallBehind(uri)
  }

  /** Applies changes in order; each counts in the text that those before it left. Throws RangeError outside the text. */
  change(uri: string, changes: readonly TextChange[], version: number): void {
    const document = this.#documents.get(uri)
    if (document === undefined) return
    if (changes.length === 0) document.snapshot = { ...document.snapshot, version }
    else this.#fallBehind(uri)
    for (const change of changes) {
      document.snapshot = editedSnapshot(document.snapshot, change, version)
      document.tree?.edit(change, document.snapshot.text)
    }
  }

  /** Closes a document; the index tells of its file on disk again, or of another document of the same path. */
  close(uri: string): void {
    const document = this.#documents.get(uri)
    if (document === undefined) return
    document.tree?.release()
    this.#documents.delete(uri)
    this.#behind.delete(uri)
    const { path } = document.snapshot
    this.#overlay.lift(path ?? uri)
    for (const other of this.all()) if (path !== null && other.path === path) this.#fallBehind(other.uri)
    if (this.#behind.size === 0) this.#wake()
  }

  /** The document as it is now, or null if it is not open. */
  get(uri: string): DocumentSnapshot | null {
    return this.#documents.get(uri)?.snapshot ?? null
  }

  /**
   * The syntax of a document as it is now, to try what could stand in it; null without a parser, and where the parsing is
   * still far behind. Takes a few ms at most.
   */
  trial(uri: string): Trial | null {
    const document = this.#documents.get(uri)
    if (document === undefined) return null
    document.tree ??= this.#treeOf(document)
    const tree = document.tree?.current(TRIAL_MS) ?? null
    const parser = document.language && this.#trialParser(document.language)
    return tree && parser && Trial.of(parser, document.snapshot.text, tree, TRIAL_MS)
  }

  /**
   * The tree of a document as it is now, after at most `budgetMs` of parsing; `pending` if that was not enough, null if it
   * will never have one. Good until the next change.
   */
  tree(uri: string, budgetMs: number): SyntaxTree | "pending" | null {
    const document = this.#documents.get(uri)
    if (document === undefined) return null
    document.tree ??= this.#treeOf(document)
    const tree = document.tree?.current(budgetMs) ?? null
    return tree === null && document.tree?.isPending === true ? "pending" : tree
  }

  /** Every open document. */
  all(): readonly DocumentSnapshot[] {
    return Array.from(this.#documents.values(), document => document.snapshot)
  }

  /** Resolves when the index tells of every open document as it is. */
  async settled(): Promise<void> {
    // A document that is opened anew is closed for a moment.
    while (this.#behind.size > 0) await new Promise<void>(resolve => this.#waiters.push(resolve))
  }

  /** Closes all documents. */
  dispose(): void {
    for (const uri of [...this.#documents.keys()]) this.close(uri)
    if (this.#turn !== null) clearImmediate(this.#turn)
  }

  #fallBehind(uri: string): void {
    // The document worked on last is the first in line.
    const others = [...this.#behind]
    this.#behind.clear()
    for (const each of [uri, ...others]) this.#behind.add(each)
    this.#turn ??= setImmediate(() => this.#catchUp())
  }

  /** One stretch of parsing for the first document in line. */
  #catchUp(): void {
    this.#turn = null
    const [uri] = this.#behind
    const document = uri === undefined ? undefined : this.#documents.get(uri)
    if (uri === undefined || document === undefined) return
    if (!this.#read(document)) this.#behind.delete(uri)
    if (this.#behind.size > 0) this.#turn = setImmediate(() => this.#catchUp())
    else this.#wake()
  }

  /** Lays the document's facts over the index, provisional ones too; true if its parsing needs another turn. */
  #read(document: OpenDocument): boolean {
    const { snapshot } = document
    document.tree ??= this.#treeOf(document)
    const facts = document.tree?.facts(snapshot.lines) ?? null
    if (facts !== null) this.#overlay.lay(snapshot.path ?? snapshot.uri, { text: snapshot.text, facts })
    return document.tree?.isPending === true
  }

  #treeOf({ snapshot, language }: OpenDocument): DocumentTree | null {
    const parser = language && this.#options.parsers.parserFor(language)
    const sectionParser = language && this.#options.parsers.parserFor(language)
    return parser && sectionParser && new DocumentTree(parser, sectionParser, snapshot.text)
  }

  #trialParser(language: LanguageManifest): Parser | null {
    const known = this.#trialParsers.get(language.name)
    if (known !== undefined) return known
    const parser = this.#options.parsers.parserFor(language)
    this.#trialParsers.set(language.name, parser)
    return parser
  }

  #wake(): void {
    const waiters = this.#waiters
    this.#waiters = []
    for (const wake of waiters) wake()
  }
}
