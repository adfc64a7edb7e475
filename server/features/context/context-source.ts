import { join, sep } from "node:path"
import { raceAbort, throwIfAborted } from "../../base/cancel.ts"
import { Memo } from "../../base/memo.ts"
import type { TextChange } from "../../base/text-change.ts"
import type { ContextPurpose, ContextRequest, ContextSelection } from "../../context/context-request.ts"
import type { ContextDiagnostic, ProjectView, RecentEdit } from "../../context/project-view.ts"
import { PieceSecrets } from "../../context/redact/piece-secrets.ts"
import { selectContext } from "../../context/select-context.ts"
import { ContextMemory } from "../../context/survey.ts"
import type { Clock } from "../../model/clock.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { SymbolIndex } from "../../workspace/file-facts.ts"
import type { ImportGraph } from "../../workspace/imports/import-graph.ts"
import type { ResolvedImport } from "../../workspace/imports/resolver-disk.ts"
import type { LeaveRules, LeaveVerdict } from "../../workspace/leave-rules.ts"
import { PermittedIndex } from "../../workspace/permitted-index.ts"
import { SourceTexts } from "../../workspace/source-texts.ts"
import { settledWithin } from "../pause.ts"
import type { DigestKeeper } from "./digest-keeper.ts"
import { EditHistory } from "./edit-history.ts"

/** What one client's context is taken from. */
interface ContextSourceOptions {
  /** Absolute folders of the project. */
  readonly roots: readonly string[]
  /** The project's files with the client's documents laid over them. */
  readonly index: SymbolIndex
  readonly imports: ImportGraph
  /** The client's open documents. */
  readonly open: () => Iterable<DocumentSnapshot>
  readonly keeper: DigestKeeper
  readonly leave: LeaveRules
  /** Most bytes of memory for texts of files on disk. */
  readonly textBytes: number
  readonly clock: Clock
}

/** Where context is wanted; roots and what is shown of the document are filled in. */
type ContextQuery = Omit<ContextRequest, "roots"> & {
  /** Problems that some server reported; none if left out. */
  readonly diagnostics?: readonly ContextDiagnostic[]
}

/** Times an answer is made anew with the texts that it wanted: what those name may be wanted next. */
const FURTHER_ROUNDS = 2
/** Most ms that a key waits for texts to be read, in each round. */
const READ_MS = 12

/**
 * The context of one client's documents.
 * Invariant: nothing of a file that may not leave the machine is ever in a selection.
 */
export class ContextSource {
  readonly #options: ContextSourceOptions
  readonly #index: PermittedIndex
  readonly #texts: SourceTexts
  readonly #memory = new ContextMemory()
  /** What is read for one key is of use to the next: nothing ends it. */
  readonly #closed = new AbortController().signal
  /** What is remembered of secrets in what was chosen. */
  readonly secrets: PieceSecrets = new PieceSecrets()
  readonly #edits = new EditHistory()
  /** URIs of the open documents by last use, the latest last. */
  readonly #used = new Set<string>()
  /** Files of which nothing was told since they were last judged. */
  readonly #refused = new Set<string>()

  constructor(options: ContextSourceOptions) {
    const { index, imports, open, textBytes } = options
    this.#options = options
    this.#index = new PermittedIndex(
      index,
      path => this.#permits(path),
      path => imports.indexOf(path),
    )
    this.#texts = new SourceTexts({ index: this.#index, open, maxBytes: textBytes })
  }

  /** Absolute folders of the project. */
  get roots(): readonly string[] {
    return this.#options.roots
  }

  /** Notes a step of an open document: `changes` led from `before` to `after`. */
  changed(before: DocumentSnapshot, after: DocumentSnapshot, changes: readonly TextChange[]): void {
    this.#use(after.uri)
    this.#edits.note(before, after, changes)
  }

  /** Forgets what was done in a document. */
  closed(uri: string): void {
    this.#used.delete(uri)
    this.#edits.close(uri)
  }

  /** What the user changed lately, latest first. */
  recentEdits(): readonly RecentEdit[] {
    return this.#edits.recent()
  }

  /** The context of a place with the texts that are in memory: quick enough for every keystroke. */
  select(query: ContextQuery): ContextSelection {
    this.#use(query.document.uri)
    const { diagnostics = [], ...request } = query
    return selectContext({ ...request, roots: this.#options.roots }, this.#view(diagnostics), this.#memory)
  }

  /**
   * The context of a place, once the texts are read that help; to complete, a key does not wait long for them: they are read
   * on for the next one. Throws `Cancelled` when `signal` aborts. */
  async gather(query: ContextQuery, signal: AbortSignal): Promise<ContextSelection> {
    throwIfAborted(signal)
    let selection = this.select(query)
    for (let round = 0; round < FURTHER_ROUNDS; round++) {
      const permitted = await this.#judgeRefused()
      const isNew = await this.#read(selection.wanted, query.purpose, signal)
      throwIfAborted(signal)
      if (!permitted && !isNew) break
      selection = this.select(query)
    }
    return selection
  }

  /** The imports of an open document, each with the file it leads to; without those that lead to what may not leave. */
  importsOf({ path }: DocumentSnapshot): readonly ResolvedImport[] {
    return path === null ? [] : this.#imports(new Set([path])).targetsOf(path)
  }

  /** Every declaration of the project, also of files that may not leave: to know what is here, not to be told of. */
  get everything(): Pick<SymbolIndex, "exact"> {
    return this.#options.index
  }

  /** Whether a file of another machine may be told of: whether it might leave if it stood at this path of the project. */
  async mayTellAs(relative: string): Promise<boolean> {
    const { roots, leave } = this.#options
    const paths = (roots.length === 0 ? [sep] : roots).map(root => join(root, relative))
    await leave.judge(paths)
    return paths.every(path => leave.mayLeave(path).allowed)
  }

  /** Whether anything of a document may leave the machine; one that is no file may. */
  async verdictOn({ path }: DocumentSnapshot): Promise<LeaveVerdict> {
    if (path === null) return { allowed: true }
    await this.#options.leave.judge([path])
    return this.#options.leave.mayLeave(path)
  }

  /** Has these files' texts in memory, as far as they fit. Throws `Cancelled` when `signal` aborts. */
  async read(paths: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#texts.read(paths, signal)
  }

  /** Whether texts were read that were missing; false too where that takes longer than a key may wait. */
  async #read(paths: readonly string[], purpose: ContextPurpose, signal: AbortSignal): Promise<boolean> {
    const reading = this.#texts.read(paths, this.#closed)
    const isIn =
      purpose !== "complete" || (await settledWithin(reading, READ_MS, this.#options.clock, signal))
    return isIn && raceAbort(reading, signal)
  }

  /** Whether anything of a file may leave the machine; no for one that was not judged yet. */
  #permits(path: string): boolean {
    const { allowed } = this.#options.leave.mayLeave(path)
    if (!allowed) this.#refused.add(path)
    return allowed
  }

  /** Has the files judged that were refused; whether one of them may leave after all. */
  async #judgeRefused(): Promise<boolean> {
    const { leave } = this.#options
    const refused = [...this.#refused]
    this.#refused.clear()
    await leave.judge(refused)
    return refused.some(path => leave.mayLeave(path).allowed)
  }

  #use(uri: string): void {
    this.#used.delete(uri)
    this.#used.add(uri)
  }

  #view(diagnostics: readonly ContextDiagnostic[]): ProjectView {
    const { open, keeper } = this.#options
    const documents = [...open()]
    const texts = new Memo<string, string | null>()
    const permitted = ({ path }: { readonly path: string }): boolean => this.#permits(path)
    return {
      index: this.#index,
      imports: this.#imports(new Set(documents.flatMap(({ path }) => path ?? []))),
      textOf: path => texts.of(path, each => (this.#permits(each) ? this.#texts.peek(each) : null)),
      edits: this.#edits.recent().filter(permitted),
      diagnostics: diagnostics.filter(permitted),
      openPaths: this.#openPaths(documents),
      central: keeper.epoch?.central ?? null,
    }
  }

  /** The imports of open files as they stand there, of others as they stand on disk; nothing leads to a file not permitted. */
  #imports(open: ReadonlySet<string>): ProjectView["imports"] {
    const { imports } = this.#options
    const targetsOf = (path: string): ReturnType<ImportGraph["targetsOf"]> =>
      open.has(path) ? imports.resolve(path, this.#index.importsOf(path)) : imports.targetsOf(path)
    return {
      targetsOf: path => targetsOf(path).filter(target => target.path === null || this.#permits(target.path)),
      importersOf: path => imports.importersOf(path).filter(importer => this.#permits(importer)),
      exportedFrom: (path, name) => {
        const symbol = imports.exportedFrom(path, name)
        return symbol !== null && this.#permits(symbol.path) ? symbol : null
      },
    }
  }

  /** Permitted open files, the one used last first. */
  #openPaths(documents: readonly DocumentSnapshot[]): readonly string[] {
    const lastUse = new Map([...this.#used].map((uri, at) => [uri, at]))
    return documents
      .filter(({ path }) => path !== null && this.#permits(path))
      .sort((a, b) => (lastUse.get(b.uri) ?? -1) - (lastUse.get(a.uri) ?? -1))
      .map(({ path }) => path!)
  }
}
