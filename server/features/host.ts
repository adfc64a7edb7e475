import { dirname, join } from "node:path"
import { isDeepStrictEqual } from "node:util"
import { Interner } from "../base/interner.ts"
import type { Log } from "../base/log.ts"
import { Tokenizer } from "../context/tokenizer.ts"
import { EmbeddedEngine, type EngineOptions } from "../embedded/engine.ts"
import { openSession, type Session } from "../model/session.ts"
import type { SessionStatus } from "../model/session-status.ts"
import type { ModelSettings } from "../model/settings.ts"
import { KeptDismissals } from "../workspace/kept-dismissals.ts"
import { type LeaveOptions, LeaveRules } from "../workspace/leave-rules.ts"
import { OpenDocuments, type OpenDocumentsOptions } from "../workspace/open-documents.ts"
import type { RemoteIndex } from "../workspace/remote/remote-index.ts"
import type { RemoteSettings } from "../workspace/remote/remote-settings.ts"
import { openZoekt } from "../workspace/remote/zoekt.ts"
import { RuleBook } from "../workspace/rule-book.ts"
import { type IndexProgress, Workspace, type WorkspaceOptions } from "../workspace/workspace.ts"
import { ProjectContext } from "./context/project-context.ts"
import { Dismissals } from "./diagnostics/dismissals.ts"
import type { Finding } from "./diagnostics/finding.ts"
import { LiveFindings } from "./diagnostics/live-findings.ts"
import { DEFAULT_MEMORY_MB, MemoryBudget } from "./memory-budget.ts"
import { Project, type ProjectParts } from "./project.ts"

type Language = ReturnType<WorkspaceOptions["languages"]["byName"]>
type Grammars = ConstructorParameters<typeof RuleBook>[1]

/** The installed program, as the composition root knows it. */
interface HostParts {
  /** Folders of language manifests, a later one over an earlier one. */
  readonly grammarFolders: readonly string[]
  /** Path of the bundled parse child. */
  readonly childEntry: string
  /** Absolute folder of all indexes kept on disk; if left out, nothing is kept. */
  readonly cacheFolder?: string | undefined
  /** Reads the languages; called once, at the first need. */
  readonly languages: () => WorkspaceOptions["languages"]
  /** Starts the parsers of open documents; called once, when the first is opened. */
  readonly parsers: () => Grammars
  /** How texts of a language are cut into tokens; null asks for plain text. */
  readonly lexiconOf: (language: Language) => ReturnType<EngineOptions["lexiconOf"]>
  /** Path of the bundled thread that counts tokens. */
  readonly tokenEntry: string
  /** Starts a sorter for the embedded engine of one project. */
  readonly sorter: (log: Log) => EngineOptions["sorter"]
}

/** Patterns, as in ignore files, of paths that may be sent to a model whatever else says no, and of paths that never are. */
export type Privacy = Pick<LeaveOptions, "allow" | "deny">

/** What one use of the program decides. */
export interface HostOptions {
  readonly log: Log
  /** Whether the host itself watches the disk for changes. */
  readonly watch: boolean
  /** Processes that parse, at least 1. */
  readonly children: number
  /** Most milliseconds spent on decoding one answer; the engine's own limit if left out. */
  readonly budgetMs?: number
  /** What the user's own settings say of files that may leave the machine; nothing if left out. */
  readonly privacy?: Privacy
  /** MB that index, engine and kept texts of one project may take; see `MemoryBudget`. */
  readonly memoryBudgetMB?: number | undefined
  /** Code search on another machine that the user's own settings name; none if left out. */
  readonly remoteIndex?: RemoteSettings | null
  /** How to reach a model, from the user's own settings; none if left out. */
  readonly model?: ModelSettings | null
  /** Told each change of the way to the model, once. */
  readonly onModelStatus?: (status: SessionStatus) => void
  /** Whether indexes are kept on disk from one run to the next; yes if left out. */
  readonly keepsIndex?: boolean
}

/** Everything that several editors can share: the languages, the opened projects and the way to a model. */
export class Host {
  readonly #parts: HostParts
  readonly #options: HostOptions
  readonly #projects = new Map<string, Project>()
  readonly #closing = new Set<Promise<void>>()
  /** What each project may take of the memory. */
  readonly memory: MemoryBudget
  /** Answers for code that is not checked out; null if none is set. Closed with the host. */
  readonly remote: RemoteIndex | null
  #model: ModelSettings | null
  #session: Session | null = null
  #isDisposed = false
  #parsers: Grammars | null = null
  #rules: RuleBook | null = null
  #languages: WorkspaceOptions["languages"] | null = null

  constructor(parts: HostParts, options: HostOptions) {
    this.#parts = parts
    this.#options = options
    const { remoteIndex = null, memoryBudgetMB = DEFAULT_MEMORY_MB, model = null, log } = options
    this.#model = model
    this.memory = new MemoryBudget(memoryBudgetMB)
    this.remote = remoteIndex === null ? null : openZoekt(remoteIndex, log)
  }

  /** The way to a model, opened at the first call; null if none is set, or once the host is disposed. */
  get session(): Session | null {
    const { onModelStatus = () => {}, log } = this.#options
    const settings = this.#model
    if (settings === null || this.#isDisposed) return null
    // A session that was closed for another one has nothing to tell any more.
    const onStatus = (status: SessionStatus): void => {
      if (this.#model === settings) onModelStatus(status)
    }
    this.#session ??= openSession({ settings, log, onStatus })
    return this.#session
  }

  /** Goes by these settings from now on; where they differ, asks under way end with the session that they are on. */
  useModel(model: ModelSettings | null): void {
    if (isDeepStrictEqual(model, this.#model)) return
    this.#model = model
    this.#session?.close()
    this.#session = null
  }

  /** Asks to the model that the user allows in a minute; null for no bound. */
  get asksPerMinute(): number | null {
    return this.#model?.budget.asksPerMinute ?? null
  }

  /** Every language known, read at the first call. */
  get languages(): WorkspaceOptions["languages"] {
    this.#languages ??= this.#parts.languages()
    return this.#languages
  }

  /**
   * The project under these roots, absolute paths in any order; the first call opens it and indexes in the background.
   * Each call must be paired with one `release`.
   */
  project(roots: readonly string[]): Project {
    const key = keyOf(roots)
    const known = this.#projects.get(key)
    if (known !== undefined) {
      known.retain()
      return known
    }
    const project = new Project(roots, onProgress => this.#build(roots, onProgress), this.#options.log)
    this.#projects.set(key, project)
    return project
  }

  /** Gives back one use of a project; the last one closes it in the background. */
  release(project: Project): void {
    if (!project.letGo()) return
    this.#projects.delete(keyOf(project.roots))
    const closed = project.dispose()
    this.#closing.add(closed)
    void closed.finally(() => this.#closing.delete(closed))
  }

  /** The documents of one client, laid over a project's files. */
  documents(project: Project): OpenDocuments {
    const base = project.workspace.index
    return new OpenDocuments({ base, languages: this.languages, parsers: this.#startedParsers() })
  }

  /** What rules find in the documents of one client of a project, and what `reviewed` says that a model did. */
  findings(
    project: Project,
    documents: OpenDocuments,
    reviewed: (uri: string) => readonly Finding[],
  ): LiveFindings {
    const { log, keepsIndex = true } = this.#options
    const { grammarFolders, cacheFolder } = this.#parts
    this.#rules ??= new RuleBook(grammarFolders, this.#startedParsers(), log)
    const folder = keepsIndex && cacheFolder ? join(dirname(cacheFolder), "dismissed") : undefined
    const dismissals = new Dismissals(new KeptDismissals(folder, project.roots, log))
    const languageOf = (name: string): Language => this.languages.byName(name)
    return new LiveFindings({ documents, rules: this.#rules, languageOf, dismissals, reviewed })
  }

  /** A parser of a language for the caller alone; null if it has none or its package can't be used. */
  parserFor(language: Language): ReturnType<OpenDocumentsOptions["parsers"]["parserFor"]> {
    return language && this.#startedParsers().parserFor(language)
  }

  /** Counts tokens as a model does; whoever asks for it disposes it. */
  tokenizer(model: string): Tokenizer {
    return new Tokenizer(model, this.#parts.tokenEntry, this.#options.log)
  }

  /** Closes every project, whoever uses it, and settles when all their processes are gone. */
  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.#session?.close()
    this.remote?.close()
    const projects = [...this.#projects.values()]
    this.#projects.clear()
    await Promise.all([...this.#closing, ...projects.map(project => project.dispose())])
  }

  #startedParsers(): Grammars {
    this.#parsers ??= this.#parts.parsers()
    return this.#parsers
  }

  #build(roots: readonly string[], onProgress: (progress: IndexProgress) => void): ProjectParts {
    const {
      log,
      watch,
      children,
      budgetMs,
      privacy = { allow: [], deny: [] },
      keepsIndex = true,
    } = this.#options
    const budget = this.memory
    const { grammarFolders, childEntry } = this.#parts
    const interner = new Interner()
    const languages = this.languages
    const leave = new LeaveRules({ roots, ...privacy })
    const workspace = new Workspace({
      roots,
      interner,
      languages,
      grammarFolders,
      childEntry,
      cacheFolder: keepsIndex ? this.#parts.cacheFolder : undefined,
      children,
      log,
      watch,
      // Nothing is read before `start`, so the engine is there when the first batch comes.
      onTokens: batch => engine.replaceFiles(batch),
      onProgress,
      onFilesChanged: paths => context.filesChanged(paths),
      mayLearn: near => budget.mayLearn(workspace.stats().memoryBytes, engine.stats().bytes, near),
    })
    const engine = new EmbeddedEngine({
      interner,
      lexiconOf: name => this.#parts.lexiconOf(name === null ? null : languages.byName(name)),
      sorter: this.#parts.sorter(log),
      symbols: workspace.index,
      log,
      ...(budgetMs === undefined ? {} : { budgetMs }),
    })
    const context = new ProjectContext({ roots, workspace, leave, textBytes: budget.textBytes, log })
    return { workspace, engine, context }
  }
}

/** A host for one use of the program; opens nothing until a project is asked for. */
export function openHost(parts: HostParts, options: HostOptions): Host {
  return new Host(parts, options)
}

function keyOf(roots: readonly string[]): string {
  return [...roots].sort().join("\0")
}
