import { cancel, raceAbort } from "../base/cancel.ts"
import type { Log } from "../base/log.ts"
import type { TextChange } from "../base/text-change.ts"
import { systemClock } from "../model/clock.ts"
import { type NodeAround, nodesAround } from "../syntax/trial.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { pathOfUri } from "../workspace/file-uri.ts"
import type { OpenDocuments } from "../workspace/open-documents.ts"
import { type CompletionQuery, type CompletionSources, complete } from "./completion/complete.ts"
import { Completer } from "./completion/completer.ts"
import { promptSource } from "./completion/model-source.ts"
import type { Completion } from "./completion/request.ts"
import { warmUp } from "./completion/warm-up.ts"
import type { ContextSource } from "./context/context-source.ts"
import type { LiveFindings } from "./diagnostics/live-findings.ts"
import type { LiveReviews } from "./diagnostics/review/live-reviews.ts"
import { openReviews } from "./diagnostics/review/open-reviews.ts"
import type { Host } from "./host.ts"
import type { Project } from "./project.ts"
import { projectStatus } from "./project-status.ts"
import { contains, isTooBroad, projectFolder } from "./roots.ts"

/** What one client works on. */
interface ClientWorkspaceOptions {
  readonly host: Host
  /** Absolute paths of the folders the client named, or else of where it was started. */
  readonly roots: readonly string[]
  /** The user's home folder: never indexed whole. */
  readonly home: string
  readonly log: Log
  /** Called with each project that is entered. */
  readonly onProject: (project: Project) => void
  /** Whether nobody waits for the reviews of a model, so that they may take their time; yes if left out. */
  readonly pacesReviews?: boolean
}

/** Most ms of parsing for a tree at a time. */
const TREE_MS = 4

interface OpenFile {
  readonly uri: string
  readonly languageId: string
}

/**
 * One client's documents laid over the project they belong to. Where the client named no folder fit to be indexed, the
 * project grows by the folder of each file that is opened.
 */
export class ClientWorkspace {
  readonly #options: ClientWorkspaceOptions
  readonly #files = new Map<string, OpenFile>()
  /** Whether the project grows by the folders of opened files. */
  #follows: boolean
  #toldOfBroadRoots = false
  readonly #closed = new AbortController()
  #isWarm = false
  #project: Project
  #documents: OpenDocuments
  #context: ContextSource
  #findings: LiveFindings
  /** Answers for completions in this client's documents. */
  readonly completer: Completer
  /** What a model finds in this client's documents, where it is asked to. */
  readonly reviews: LiveReviews

  /** Enters the project of the roots; indexing goes on in the background. */
  constructor(options: ClientWorkspaceOptions) {
    this.#options = options
    const roots = this.#fitRoots(options.roots)
    this.#follows = roots.length === 0
    this.#project = options.host.project(roots)
    this.#documents = options.host.documents(this.#project)
    this.#context = this.#project.context.sourceFor(this.#documents)
    this.reviews = openReviews(this, options.pacesReviews ?? true, options.log)
    this.#findings = this.#newFindings()
    this.completer = this.#newCompleter()
    options.onProject(this.#project)
  }

  /** The project the client is in now. */
  get project(): Project {
    return this.#project
  }

  /** What all clients share. */
  get host(): Host {
    return this.#options.host
  }

  /** The index with this client's documents laid over the project's files. */
  get symbols(): OpenDocuments["index"] {
    return this.#documents.index
  }

  /** The syntax of an open document at this moment; see `OpenDocuments.trial`. */
  trial(uri: string): ReturnType<OpenDocuments["trial"]> {
    return this.#documents.trial(uri)
  }

  /** The nodes around a place of an open document as it is now, innermost first; none without a tree. Takes a few ms at most. */
  nodesAround(uri: string, offset: number): readonly NodeAround[] {
    const tree = this.#documents.tree(uri, TREE_MS)
    return tree === null || tree === "pending" ? [] : nodesAround(tree, offset)
  }

  /** The tree of an open document once it is read; null without a parser. Rejects with `Cancelled` when `signal` aborts. */
  async tree(
    uri: string,
    signal: AbortSignal,
  ): Promise<Exclude<ReturnType<OpenDocuments["tree"]>, "pending">> {
    for (;;) {
      const tree = this.#documents.tree(uri, TREE_MS)
      if (tree !== "pending") return tree
      await raceAbort(this.#documents.settled(), signal)
    }
  }

  /** Resolves when the index tells of every open document as it is. Never rejects. */
  async settled(): Promise<void> {
    for (let documents: OpenDocuments | null = null; documents !== this.#documents; ) {
      documents = this.#documents
      await documents.settled()
    }
  }

  /** What prompts for this client's documents are composed from; another one in each project. */
  get context(): ContextSource {
    return this.#context
  }

  /** What rules find in this client's documents, and a model; another one in each project. */
  get findings(): LiveFindings {
    return this.#findings
  }

  /** Works on other roots from now on; documents stay open. */
  enter(roots: readonly string[]): void {
    const fit = this.#fitRoots(roots)
    this.#follows = fit.length === 0
    this.#move([...this.#files.keys()].reduce((grown, uri) => this.#withFolderOf(uri, grown), fit))
  }

  /** Opens a document, or opens it anew. */
  open(uri: string, languageId: string, version: number, text: string): void {
    this.#move(this.#withFolderOf(uri, this.#project.roots))
    this.#project.used()
    this.#files.set(uri, { uri, languageId })
    this.#documents.open(uri, languageId, version, text)
    this.reviews.opened(uri, text)
    const path = pathOfUri(uri)
    if (path !== null) this.#project.workspace.prefer(path)
    if (!this.#isWarm) void this.#warmUp(uri)
  }

  /** Applies changes in order; the document must be open. */
  change(uri: string, changes: readonly TextChange[], version: number): void {
    this.#project.used()
    const before = this.#documents.get(uri)
    this.#documents.change(uri, changes, version)
    const after = this.#documents.get(uri)
    if (before !== null && after !== null && changes.length > 0) {
      this.#context.changed(before, after, changes)
      this.completer.changed(before, after, changes)
      this.reviews.changed(uri, changes)
    }
  }

  /** Closes a document; one that is not open is none the worse. */
  close(uri: string): void {
    if (!this.#files.delete(uri)) return
    this.#documents.close(uri)
    this.#context.closed(uri)
    this.#findings.closed(uri)
    this.completer.closed(uri)
    this.reviews.closed(uri)
    this.#project.engine.close(uri)
  }

  /** The document as it is now, or null if it is not open. */
  document(uri: string): DocumentSnapshot | null {
    return this.#documents.get(uri)
  }

  /** What could be shown at a place of a document. Throws `Cancelled` if the signal is aborted. */
  complete(query: CompletionQuery, signal: AbortSignal): Completion {
    this.#project.used()
    return complete(query, this.#sources(), signal)
  }

  /** A few sentences for the user on what is known of the project. */
  status(): string {
    const { memory, remote, session } = this.#options.host
    const { shown, accepted, partly, typed } = this.completer.statistics
    const taken = `Of ${shown} suggestions shown, ${accepted + partly + typed} were accepted or typed.`
    const known = projectStatus({ project: this.#project, memory, remote, session })
    return shown === 0 ? known : `${known} ${taken}`
  }

  /** Closes all documents and gives the project back. */
  dispose(): void {
    cancel(this.#closed, "shutdown")
    this.completer.dispose()
    this.reviews.stop()
    this.#documents.dispose()
    this.#leave(this.#project)
  }

  /** Goes to the project of these roots, with all documents; to the one it is in already without a stir. */
  #move(roots: readonly string[]): void {
    const before = this.#project
    if (roots === before.roots) return
    const { host, onProject } = this.#options
    this.#project = host.project(roots)
    if (this.#project === before) {
      host.release(before)
      return
    }
    const documents = host.documents(this.#project)
    for (const { uri, languageId } of this.#files.values()) {
      const document = this.#documents.get(uri)
      if (document !== null) documents.open(uri, languageId, document.version, document.text)
    }
    this.#documents.dispose()
    this.#documents = documents
    this.#context = this.#project.context.sourceFor(documents)
    this.#findings = this.#newFindings()
    this.#leave(before)
    onProject(this.#project)
  }

  /** Gives a project back without a trace of this client's documents. */
  #leave(project: Project): void {
    for (const uri of this.#files.keys()) project.engine.close(uri)
    this.#options.host.release(project)
  }

  #newFindings(): LiveFindings {
    return this.#options.host.findings(this.#project, this.#documents, uri => this.reviews.findings(uri))
  }

  #newCompleter(): Completer {
    const { host, log } = this.#options
    return new Completer({
      session: () => host.session,
      prompt: () => promptSource(this.#project, this.#context),
      epoch: () => this.#project.context.keeper.epoch?.number ?? 0,
      syntax: () => ({
        language: name => host.languages.byName(name),
        trial: document => (this.document(document.uri) === document ? this.trial(document.uri) : null),
      }),
      sources: () => {
        this.#project.used()
        return { ...this.#sources(), recentEdits: () => this.#context.recentEdits() }
      },
      clock: systemClock(),
      log,
    })
  }

  #sources(): CompletionSources & { readonly symbols: OpenDocuments["index"] } {
    return { engine: this.#project.engine, symbols: this.#documents.index }
  }

  async #warmUp(uri: string): Promise<void> {
    this.#isWarm = true
    await this.#project.indexed
    await warmUp(() => {
      const document = this.document(uri)
      return document && { document, sources: this.#sources() }
    }, this.#closed.signal)
    await this.#warmModel(uri)
  }

  /** Has the model's server prepare what the prompts of this project begin with. */
  async #warmModel(uri: string): Promise<void> {
    if (this.#options.host.session === null || this.#closed.signal.aborted) return
    await this.#project.context.keeper.refresh(this.#closed.signal)
    const document = this.document(uri)
    if (document !== null) await this.completer.warm(document)
  }

  #fitRoots(roots: readonly string[]): readonly string[] {
    const { home, log } = this.#options
    const fit = roots.filter(root => !isTooBroad(root, home))
    if (fit.length < roots.length && !this.#toldOfBroadRoots) {
      this.#toldOfBroadRoots = true
      log.info("the whole disk or home folder is not indexed, only the folders of the files you open")
    }
    return fit
  }

  /** The roots, with the folder of a file that none of them holds if such are followed. */
  #withFolderOf(uri: string, roots: readonly string[]): readonly string[] {
    const path = pathOfUri(uri)
    if (!this.#follows || path === null || roots.some(root => contains(root, path))) return roots
    const folder = projectFolder(path, this.#options.home)
    return folder === null ? roots : [...roots, folder]
  }
}
