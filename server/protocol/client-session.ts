import { join } from "node:path"
import { cancel } from "../base/cancel.ts"
import type { Log } from "../base/log.ts"
import type { TextChange } from "../base/text-change.ts"
import { ClientWorkspace } from "../features/client-workspace.ts"
import type { Completer } from "../features/completion/completer.ts"
import type { Completion, CompletionRequest, Scope } from "../features/completion/request.ts"
import type { Toggled } from "../features/completion/switches.ts"
import type { Host } from "../features/host.ts"
import type { Project } from "../features/project.ts"
import { systemClock } from "../model/clock.ts"
import type { SessionStatus } from "../model/session-status.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { pathOfUri } from "../workspace/file-uri.ts"
import type { ClientLink } from "./client-link.ts"
import { type ClientProfile, chooseProfile } from "./client-profile.ts"
import { askSettings } from "./configuration.ts"
import type { Encoding } from "./convert.ts"
import { WATCH_REGISTRATION } from "./did-change-watched-files.ts"
import type { Introduction } from "./initialize.ts"
import { ModelReport } from "./model-report.ts"
import { PAGE_END } from "./page.ts"
import { reportIndexing } from "./progress.ts"
import { DEFAULT_SETTINGS, type MergedSettings, mergeSettings, type Settings } from "./settings.ts"

/** What a session gets from outside. */
export interface SessionOptions {
  /** The program's version. */
  readonly version: string
  /** Where to look for a project when the client names no folder; absolute. */
  readonly cwd: string
  /** The user's home folder; absolute. */
  readonly home: string
  /** Absolute folder of pages shown to the user, made when needed and shared by all servers; null if there is none. */
  readonly pageFolder: string | null
  /** Tells the pages of this server from those of another one. */
  readonly processId: number
  /**
   * The host to serve from; called once, after `initialize` was answered. `watch`: the client watches no files itself.
   * `onModelStatus` wants each change of the way to the model.
   */
  readonly openHost: (log: Log, watch: boolean, onModelStatus: (status: SessionStatus) => void) => Host
}

/** What a method asks for; the rest of a `CompletionRequest` is the user's settings and the editor's ways. */
type CompletionCall = Pick<
  CompletionRequest,
  "document" | "offset" | "surface" | "invoked" | "maxWords" | "receivedAt" | "onPartial"
>

const REGISTER_MS = 2000

/** Everything that is one editor's: its profile, its settings and its documents. */
export class ClientSession {
  readonly #options: SessionOptions
  readonly #link: ClientLink
  readonly #log: Log
  readonly #closed = new AbortController()
  #introduction: Introduction | null = null
  #settings: Settings = DEFAULT_SETTINGS
  #workspace: ClientWorkspace | null = null
  #folders: readonly string[] = []
  #reports = 0
  #lastUri: string | null = null
  #usesGhost = false
  readonly #modelReport: ModelReport
  readonly #watchers = new Set<(uri: string) => void>()

  constructor(options: SessionOptions, link: ClientLink, log: Log) {
    this.#options = options
    this.#link = link
    this.#log = log
    this.#modelReport = new ModelReport(link, log, systemClock())
  }

  get settings(): Settings {
    return this.#settings
  }

  get profile(): ClientProfile {
    return this.#introduction?.profile ?? chooseProfile(null)
  }

  get encoding(): Encoding {
    return this.#introduction?.encoding ?? "utf-16"
  }

  /** Takes over what `initialize` said. */
  introduce(introduction: Introduction): void {
    this.#introduction = introduction
    this.#folders = introduction.roots
    this.#accept(introduction.merged)
  }

  /** Begins the work that `initialize` must not wait for, and asks the client what it may tell. */
  start(): void {
    void this.#opened()
    const { configuration, watchesFiles } = this.profile
    if (configuration) void this.askForSettings()
    if (watchesFiles) void this.#link.ask("client/registerCapability", WATCH_REGISTRATION, REGISTER_MS)
  }

  /** Merges settings that the client sent. */
  configure(sent: unknown): void {
    this.#accept(mergeSettings(this.#settings, sent))
  }

  /** Asks the client for its settings and merges them once they come. Never rejects. */
  async askForSettings(): Promise<void> {
    const sent = await askSettings(this.#link)
    if (sent !== null) this.configure(sent)
  }

  /** Works in other folders from now on. */
  changeFolders(removed: readonly string[], added: readonly string[]): void {
    const kept = this.#folders.filter(folder => !removed.includes(folder))
    this.#folders = [...new Set([...kept, ...added])]
    if (this.#workspace !== null) this.#workspace.enter(this.#roots())
  }

  /** What the client works on; the first call opens it. */
  get workspace(): ClientWorkspace {
    return this.#opened()
  }

  /** Calls `listener` after each document is opened, changed or closed, until the function given back is called. */
  watch(listener: (uri: string) => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    this.#opened().open(uri, languageId, version, text)
    this.#tell(uri)
  }

  change(uri: string, changes: readonly TextChange[], version: number): void {
    this.#workspace?.change(uri, changes, version)
    this.#tell(uri)
  }

  /** Has the file looked at again: watching may be off or late. */
  saved(uri: string): void {
    const path = pathOfUri(uri)
    if (path !== null) this.filesChanged([path])
  }

  closeDocument(uri: string): void {
    this.#workspace?.close(uri)
    this.#tell(uri)
  }

  filesChanged(paths: readonly string[]): void {
    this.#workspace?.project.workspace.filesChanged(paths)
  }

  /** The document as it is now, or null if it is not open. */
  document(uri: string): DocumentSnapshot | null {
    return this.#workspace?.document(uri) ?? null
  }

  /** Absolute path of a page about a topic, which no other server writes; null if there are no pages. */
  pagePath(topic: string): string | null {
    const { pageFolder, processId } = this.#options
    return pageFolder === null ? null : join(pageFolder, `${topic}-${processId}${PAGE_END}`)
  }

  /** What answers completions; null until the first document is opened. */
  get completer(): Completer | null {
    return this.#workspace?.completer ?? null
  }

  /** The document that was completed last; null before the first. */
  get lastUri(): string | null {
    return this.#lastUri
  }

  /** What could be shown at a place of an open document, by the user's settings. Rejects with `Cancelled` on abort. */
  complete(call: CompletionCall, signal: AbortSignal): Promise<Completion> {
    const { surface, document } = call
    this.#lastUri = document.uri
    if (surface === "ghost") this.#usesGhost = true
    if (surface === "list" && this.#listsWordsOnly() && !this.#isOff(document))
      return this.#words(call, signal)
    return this.#opened().completer.complete({ ...call, ...this.#manner(call) }, signal)
  }

  /** Switches suggestions off, or on again; whether they are on now. */
  toggle(which: Toggled): boolean {
    return this.#opened().completer.toggle(which)
  }

  /** A few sentences for the user on what is known of the project. */
  status(): string {
    return this.#workspace?.status() ?? "Pilotlight has not looked at the project yet."
  }

  /** Gives everything back; the host closes what nobody uses any more. */
  close(): void {
    cancel(this.#closed, "shutdown")
    this.#workspace?.dispose()
    this.#workspace = null
  }

  #tell(uri: string): void {
    for (const watcher of this.#watchers) watcher(uri)
  }

  /** Who sees ghost text needs no second suggestion in the list. */
  #listsWordsOnly(): boolean {
    const { list, inline } = this.#settings.completion
    return list === "auto" && inline && this.#usesGhost
  }

  async #words({ document, offset, maxWords }: CompletionCall, signal: AbortSignal): Promise<Completion> {
    const { eagerness } = this.#settings
    const workspace = this.#opened()
    const query = { document, offset, surface: "list", eagerness, maxWords, maxLines: 0 } as const
    return workspace.complete(query, signal)
  }

  /** Whether nothing is wanted in a document, by the settings or since the user switched it off. */
  #isOff(document: DocumentSnapshot): boolean {
    return this.#isUnwanted(document) || this.#opened().completer.isOff(document)
  }

  #isUnwanted({ language }: DocumentSnapshot): boolean {
    return language !== null && this.#settings.completion.languages[language] === false
  }

  #manner({ surface, document }: CompletionCall): Omit<CompletionRequest, keyof CompletionCall> {
    const { completion, eagerness } = this.#settings
    const { holdMs, debounces, ghostReplacesAfter } = this.profile
    const set = surface === "list" ? completion.listHoldMs : completion.inlineHoldMs
    return {
      eagerness,
      holdMs: set ?? holdMs[surface],
      clientDebounces: debounces.includes(surface),
      canReplaceAfter: surface === "ghost" && ghostReplacesAfter,
      isUnwanted: this.#isUnwanted(document),
      quietIn: quietScopes(completion),
    }
  }

  #opened(): ClientWorkspace {
    if (this.#workspace !== null) return this.#workspace
    const { openHost, home } = this.#options
    const log = this.#log
    // Helix declares that it watches files, but tells only of its own saves.
    const watch = !this.profile.watchesFiles || this.profile.name === "helix"
    this.#workspace = new ClientWorkspace({
      host: openHost(log, watch, status => this.#modelReport.tell(status)),
      roots: this.#roots(),
      home,
      log,
      onProject: project => this.#report(project),
    })
    return this.#workspace
  }

  #roots(): readonly string[] {
    return this.#folders.length > 0 ? this.#folders : [this.#options.cwd]
  }

  #report(project: Project): void {
    if (!this.profile.workDoneProgress) return
    const token = `pilotlight/indexing/${this.#reports++}`
    void reportIndexing(project, token, this.#link, this.#closed.signal)
  }

  #accept({ settings, complaints }: MergedSettings): void {
    this.#settings = settings
    for (const complaint of complaints) this.#log.warn(complaint)
  }
}

function quietScopes({ comments, strings }: Settings["completion"]): readonly Scope[] {
  return [...(comments ? [] : ["comment" as const]), ...(strings ? [] : ["string" as const])]
}
